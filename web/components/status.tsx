import type { ReactNode } from 'react';
import styles from './status.module.css';

export type Tone = 'idle' | 'busy' | 'good' | 'bad' | 'warn';

interface StatusProps {
  readonly tone: Tone;
  /** Goes on while one looks. */
  readonly moving?: boolean;
  readonly children: ReactNode;
}

/** How something stands: a word, and a dot of its colour. */
export function Status({ tone, moving = false, children }: StatusProps) {
  return (
    <span className={styles.state} data-tone={tone} data-moving={moving}>
      {children}
    </span>
  );
}
