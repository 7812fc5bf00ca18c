import { Timeline } from '@mantine/core';
import { Ban, CircleCheck, CircleSlash, CircleX, Clock, Filter, type LucideIcon, Send, Zap } from 'lucide-react';
import { Panel } from '../../../components/panel.tsx';
import { Time } from '../../../components/time.tsx';
import { eventLabel } from '../../../lib/event-label.ts';
import type { ExecutionDetails } from '../api/get-execution.ts';
import { AttemptWords } from './attempt-words.tsx';
import { ExecutionStatus } from './execution-status.tsx';
import styles from './execution-timeline.module.css';
import { matchWords, readMatch } from './match.ts';
import { reasonWords } from './reason-words.ts';

const ENDS: Readonly<Record<ExecutionDetails['status'], LucideIcon>> = {
  pending: Clock,
  finished: CircleCheck,
  failed: CircleX,
  skipped: CircleSlash,
  cancelled: Ban,
};

/** From the event over the condition to every attempt, in the order of time. */
export function ExecutionTimeline({ execution }: { readonly execution: ExecutionDetails }) {
  const { event, eventType, status, reason, createdAt, endedAt, attempts } = execution;
  const End = ENDS[status];
  return (
    <Panel>
      <Timeline bulletSize={26} lineWidth={2} active={-1}>
        <Timeline.Item bullet={<Zap size={13} aria-hidden />} title={eventLabel(eventType)}>
          <p className={styles.words}>
            <Time at={event.occurredAt} />
          </p>
        </Timeline.Item>
        <Timeline.Item bullet={<Filter size={13} aria-hidden />} title="The condition held">
          <p className={styles.words}>{matchWords(readMatch(execution))}</p>
          <p className={styles.words}>
            Execution created <Time at={createdAt} />
          </p>
        </Timeline.Item>
        {numbersOf(attempts).map((number) => (
          <Timeline.Item key={number} bullet={<Send size={13} aria-hidden />} title={`Attempt ${number}`}>
            <AttemptWords attempt={attempts.find((each) => each.number === number)} />
          </Timeline.Item>
        ))}
        <Timeline.Item bullet={<End size={13} aria-hidden />} title={<ExecutionStatus status={status} />}>
          <p className={styles.words}>
            {reason !== null && `${reasonWords(reason)} `}
            {endedAt !== null && <Time at={endedAt} />}
          </p>
        </Timeline.Item>
      </Timeline>
    </Panel>
  );
}

/** All up to the last one: the outcome of some was never recorded. */
function numbersOf(attempts: ExecutionDetails['attempts']): readonly number[] {
  return Array.from({ length: attempts.at(-1)?.number ?? 0 }, (_, index) => index + 1);
}
