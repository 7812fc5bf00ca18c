import type { ReactNode } from 'react';
import styles from './panel.module.css';

/** A raised sheet. */
export function Panel({ children }: { readonly children: ReactNode }) {
  return <div className={styles.panel}>{children}</div>;
}
