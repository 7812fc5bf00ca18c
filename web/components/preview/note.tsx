import type { ReactNode } from 'react';
import styles from './preview.module.css';

/** Said in place of a content that cannot be shown. */
export function Note({ children }: { readonly children: ReactNode }) {
  return <p className={styles.note}>{children}</p>;
}
