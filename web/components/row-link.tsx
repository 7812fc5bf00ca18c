import type { ReactNode } from 'react';
import styles from './row-link.module.css';

/** What names a row: a link, with a line of further words below it. */
export function RowLink({ children, hint }: { readonly children: ReactNode; readonly hint?: ReactNode }) {
  return (
    <div className={styles.name}>
      <div className={styles.link}>{children}</div>
      {hint != null && hint !== '' && <div className={styles.hint}>{hint}</div>}
    </div>
  );
}
