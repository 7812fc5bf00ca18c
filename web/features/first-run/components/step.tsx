import { Title } from '@mantine/core';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Status } from '../../../components/status.tsx';
import styles from './step.module.css';

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly lead: ReactNode;
  readonly children?: ReactNode;
  /** What the server has seen of it; `null` while it waits. */
  readonly seen: ReactNode | null;
  /** What it waits for. */
  readonly waiting: string;
  /** The one that is to be done now. */
  readonly isNext: boolean;
}

/** One of the steps. It ticks itself, and keeps its place and its words. */
export function Step({ number, title, lead, children, seen, waiting, isNext }: StepProps) {
  const isDone = seen !== null;
  return (
    <li className={styles.step} data-state={isDone ? 'done' : isNext ? 'next' : 'later'}>
      <span className={styles.number} aria-hidden>
        {isDone ? <Check size={16} strokeWidth={2.5} /> : number}
      </span>
      <div className={styles.body}>
        <Title order={2} size="h3" className={styles.title}>
          {title}
        </Title>
        <p className={styles.lead}>{lead}</p>
        {children !== undefined && <div className={styles.content}>{children}</div>}
        <div className={styles.seen} role="status">
          <Status tone={isDone ? 'good' : isNext ? 'busy' : 'idle'} moving={isNext && !isDone}>
            <span>{isDone ? seen : waiting}</span>
          </Status>
        </div>
      </div>
    </li>
  );
}

/** The steps in their order. */
export function Steps({ children }: { readonly children: ReactNode }) {
  return <ol className={styles.steps}>{children}</ol>;
}
