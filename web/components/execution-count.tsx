import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Zap } from 'lucide-react';
import { count as counted } from '../lib/words.ts';
import styles from './execution-count.module.css';

/** The server counts to here. */
const MOST = 100;

interface ExecutionCountProps {
  /** Where the version lies. */
  readonly place: {
    readonly entity: string;
    readonly project: string;
    readonly type: string;
    readonly collection: string;
    readonly version: string;
  };
  readonly count: number;
}

/** How many executions a version caused, and the way to them. */
export function ExecutionCount({ place, count }: ExecutionCountProps) {
  if (count === 0) return null;
  const words = count < MOST ? counted(count, 'execution') : `${MOST} executions or more`;
  return (
    <Tooltip label={`${words}: see them`}>
      <Link
        to="/$entity/$project/artifacts/$type/$collection/$version"
        params={{ ...place }}
        search={{ tab: 'automations' }}
        className={styles.count}
        aria-label={`${words} caused by ${place.version}`}
      >
        <Zap size={14} aria-hidden />
        {count < MOST ? count : `${MOST - 1}+`}
      </Link>
    </Tooltip>
  );
}
