import { Timeline } from '@mantine/core';
import { CircleCheck, Filter, Send, Zap } from 'lucide-react';
import { Panel } from '../../../components/panel.tsx';
import { Time } from '../../../components/time.tsx';
import type { ExecutionDetails } from '../api/get-execution.ts';
import { AttemptWords } from './attempt-words.tsx';
import { eventLabel } from './event-label.ts';
import { ExecutionStatus } from './execution-status.tsx';
import styles from './execution-timeline.module.css';
import { matchWords, readMatch } from './match.ts';
import { reasonWords } from './reason-words.ts';

/** From the event over the condition to every attempt, in the order of time. */
export function ExecutionTimeline({ execution }: { readonly execution: ExecutionDetails }) {
  const { event, eventType, status, reason, createdAt, endedAt, attempts } = execution;
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
        {attempts.map((attempt) => (
          <Timeline.Item
            key={attempt.number}
            bullet={<Send size={13} aria-hidden />}
            title={`Attempt ${attempt.number}`}
          >
            <AttemptWords attempt={attempt} />
          </Timeline.Item>
        ))}
        <Timeline.Item bullet={<CircleCheck size={13} aria-hidden />} title={<ExecutionStatus status={status} />}>
          <p className={styles.words}>
            {reason !== null && `${reasonWords(reason)} `}
            {endedAt !== null && <Time at={endedAt} />}
          </p>
        </Timeline.Item>
      </Timeline>
    </Panel>
  );
}
