import { Button } from '@mantine/core';
import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Empty } from './empty.tsx';

interface NothingFoundProps {
  readonly title: string;
  /** Takes all conditions away. */
  readonly clear: () => void;
  /** What the conditions mean. */
  readonly children: ReactNode;
}

/** What stands in place of a list that its conditions leave nothing of. */
export function NothingFound({ title, clear, children }: NothingFoundProps) {
  const action = (
    <Button variant="default" onClick={clear}>
      Show all
    </Button>
  );
  return (
    <Empty icon={SearchX} title={title} action={action}>
      {children}
    </Empty>
  );
}
