import { Status } from '../../../../components/status.tsx';
import { Time } from '../../../../components/time.tsx';
import type { Integration } from '../../../../lib/api/integrations-query.ts';
import { count } from '../../../../lib/words.ts';
import { brokenWords } from './broken-words.ts';
import styles from './integration-table.module.css';

/** Whether what is sent to an integration arrives, and if not, why. */
export function Health({ integration }: { readonly integration: Integration }) {
  const { disabled, broken, standing } = integration;
  if (disabled !== null) {
    return (
      <Told at={disabled.at} words={disabled.reason}>
        <Status tone="bad">disabled</Status>
      </Told>
    );
  }
  if (broken !== null) {
    return (
      <Told at={broken.at} words={brokenWords(broken.reason)}>
        <Status tone="bad">broken</Status>
      </Told>
    );
  }
  if (standing.failing !== null) {
    const { since, executions } = standing.failing;
    return (
      <Told at={since} words={`${count(executions, 'execution')} failed`}>
        <Status tone="warn">failing</Status>
      </Told>
    );
  }
  if (standing.heldUntil !== null && new Date(standing.heldUntil).getTime() > Date.now()) {
    return (
      <Told at={standing.heldUntil} words="Its receiver asked to be sent nothing before.">
        <Status tone="busy">held</Status>
      </Told>
    );
  }
  return standing.lastDelivery === null ? <Status tone="idle">unused</Status> : <Status tone="good">works</Status>;
}

interface ToldProps {
  readonly at: string;
  readonly words: string;
  readonly children: React.ReactNode;
}

function Told({ at, words, children }: ToldProps) {
  return (
    <div>
      <div>
        {children}
        <span className={styles.since}>
          <Time at={at} />
        </span>
      </div>
      <div className={styles.reason}>{words}</div>
    </div>
  );
}
