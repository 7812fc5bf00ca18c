import { type ReactNode, useRef } from 'react';
import styles from './selection-bar.module.css';

interface SelectionBarProps {
  readonly onClear: () => void;
  /** @param clear chooses none */
  readonly children: (clear: () => void) => ReactNode;
}

/** Above a list: how many of its rows are chosen, and what can be done with them. */
export function SelectionBar({ onClear, children }: SelectionBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  // the buttons go: whoever works by keyboard stays here
  const clear = () => {
    onClear();
    bar.current?.focus();
  };
  return (
    <div className={styles.bar} role="status" ref={bar} tabIndex={-1}>
      {children(clear)}
    </div>
  );
}
