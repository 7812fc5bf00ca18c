import { Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import styles from './test-panel.module.css';

const SECOND = 1000;

/** That something was sent and nothing came back yet, and for how long that may go on. */
export function Waiting({ seconds }: { readonly seconds: number }) {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setPassed((before) => before + 1), SECOND);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className={styles.waiting}>
      <Loader size="sm" aria-hidden />
      <span>
        Waiting for the answer{passed > 0 && `, ${passed} s`}. It is given up after {seconds} s.
      </span>
    </div>
  );
}
