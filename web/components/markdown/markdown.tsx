import { lazy, Suspense } from 'react';
import styles from './markdown.module.css';

const LaidOut = lazy(() => import('./laid-out.tsx'));

/** A longer text is no description, and would take long to lay out: it is shown as it was written. */
const LONGEST = 100_000;

/** Markdown that somebody wrote, laid out; as it was written until what lays it out is there. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className={styles.markdown}>
      {text.length > LONGEST ? (
        text
      ) : (
        <Suspense fallback={text}>
          <LaidOut text={text} />
        </Suspense>
      )}
    </div>
  );
}
