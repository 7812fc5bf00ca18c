import { Facts } from '../../../../components/facts.tsx';
import { Time } from '../../../../components/time.tsx';
import { count } from '../../../../lib/words.ts';
import type { Automation } from '../../api/list-automations.ts';
import { ActionWords } from '../action-words.tsx';
import { LastExecution } from '../last-execution.tsx';
import { scopeWords } from '../scope-words.ts';

/** What an automation is, and who made it. */
export function Definition({ automation }: { readonly automation: Automation }) {
  const { createdAt, updatedAt, author, authorLeft, settleSeconds, backfill, dryRun, unknown, problem } = automation;
  return (
    <Facts
      facts={[
        ['Scope', scopeWords(automation)],
        ['Action', <ActionWords key="action" automation={automation} />],
        ['Fires', 'runFilter' in automation.event ? policyWords(automation) : null],
        ['Holds for', settleSeconds > 0 ? count(settleSeconds, 'second') : null],
        [
          'Ignores',
          backfill.kind === 'ignore' ? `values older than ${count(backfill.olderThanSeconds, 'second')}` : null,
        ],
        ['Dry run', dryRun ? 'nothing is sent' : null],
        ['Flood limits', floodWords(automation)],
        ['Unknown names', unknown.join(', ')],
        ['Problem', problem],
        ['Last execution', <LastExecution key="last" automation={automation} />],
        ['Created by', author === null ? null : `${author}${authorLeft ? ' (has left)' : ''}`],
        ['Created', <Time key="created" at={createdAt} />],
        ['Changed', updatedAt && <Time key="changed" at={updatedAt} />],
      ]}
    />
  );
}

function policyWords({ policy, event }: Automation): string {
  switch (policy.kind) {
    case 'default':
      return event.type === 'RUN_STATE' ? 'each time' : 'once per run in 24 hours';
    case 'once_per_run':
      return 'once per run';
    case 'every_crossing':
      return 'each time the condition becomes true';
    case 'cooldown':
      return `once per run in ${count(policy.seconds, 'second')}`;
  }
}

function floodWords({ floodLimits }: Automation): string | null {
  if (floodLimits === null) return null;
  const { atOnce, perMinute, waiting, perDay } = floodLimits;
  const parts = [
    [atOnce, 'at once'],
    [perMinute, 'a minute'],
    [waiting, 'waiting'],
    [perDay, 'a day'],
  ] as const;
  return parts.flatMap(([number, words]) => (number === undefined ? [] : [`${number} ${words}`])).join(', ');
}
