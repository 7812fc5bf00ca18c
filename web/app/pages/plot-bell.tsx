import { lazy, Suspense } from 'react';
import type { Bell } from '../../features/plots/components/bell.ts';

const QuickAutomation = lazy(() => import('../../features/automations/components/quick/quick-automation.tsx'));

interface BellPlace {
  readonly entity: string;
  readonly project: string;
  /** A regular expression for the names of runs; absent: all. */
  readonly runs: string | undefined;
}

/** What the bell of a plot opens: a short form for an automation of its metric. */
export function bellOf(place: BellPlace): Bell {
  return (props) => (
    <Suspense>
      <QuickAutomation {...place} {...props} />
    </Suspense>
  );
}
