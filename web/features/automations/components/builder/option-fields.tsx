import { Stack, Switch } from '@mantine/core';
import styles from './builder.module.css';
import { Choice } from './choice.tsx';
import type { EventDraft, OptionsDraft } from './draft.ts';
import { errorAt, type Fault } from './fault.ts';
import { NumberField } from './number-field.tsx';

const METRIC_POLICIES = {
  default: 'Once in 24 hours',
  cooldown: 'Once in …',
  once_per_run: 'Once',
  every_crossing: 'Each time the condition becomes true',
} as const;
const STATE_POLICIES = { default: 'Each time', cooldown: 'Once in …', once_per_run: 'Once' } as const;

/** Limits of floods, in the server's words where nothing is given. */
const FLOODS = { atOnce: 'At once', perMinute: 'Per minute', waiting: 'Waiting', perDay: 'Per day' } as const;

interface OptionFieldsProps {
  readonly event: EventDraft;
  readonly options: OptionsDraft;
  readonly fault: Fault | undefined;
  readonly onChange: (part: Partial<OptionsDraft>) => void;
}

/** How often an automation fires, and when it holds back; only what means something to its event. */
export function OptionFields({ event, options, fault, onChange }: OptionFieldsProps) {
  const policies: Partial<Record<OptionsDraft['policy'], string>> =
    event.type === 'RUN_STATE' ? STATE_POLICIES : METRIC_POLICIES;
  return (
    <>
      {'runs' in event && (
        <div className={styles.row}>
          <Choice
            label="Fires for one run"
            words={policies as Record<OptionsDraft['policy'], string>}
            value={options.policy}
            error={errorAt(fault, 'policy')}
            onChange={(policy) => onChange({ policy })}
          />
          {options.policy === 'cooldown' && (
            <NumberField
              label="Cooldown"
              unit="seconds"
              value={options.cooldownSeconds}
              error={errorAt(fault, 'seconds')}
              onChange={(cooldownSeconds) => onChange({ cooldownSeconds })}
            />
          )}
          {event.type === 'RUN_STATE' ? (
            <NumberField
              label="Only if it stays so for"
              unit="seconds"
              value={options.settleSeconds}
              error={errorAt(fault, 'settleSeconds')}
              onChange={(settleSeconds) => onChange({ settleSeconds })}
            />
          ) : (
            <NumberField
              label="Ignore values older than"
              unit="seconds"
              placeholder="none are ignored"
              value={options.ignoreOlderThan}
              error={errorAt(fault, 'backfill', 'olderThanSeconds')}
              onChange={(ignoreOlderThan) => onChange({ ignoreOlderThan })}
            />
          )}
        </div>
      )}
      <Switch
        label="Dry run"
        description="Only records what would be sent."
        checked={options.dryRun}
        onChange={({ currentTarget }) => onChange({ dryRun: currentTarget.checked })}
      />
      <fieldset className={styles.group}>
        <legend className={styles.legend}>Flood limits</legend>
        <Stack>
          <div className={styles.row}>
            {(Object.keys(FLOODS) as (keyof typeof FLOODS)[]).map((name) => (
              <NumberField
                key={name}
                label={FLOODS[name]}
                placeholder="the server’s"
                value={options[name]}
                error={errorAt(fault, name)}
                onChange={(text) => onChange({ [name]: text })}
              />
            ))}
          </div>
        </Stack>
      </fieldset>
    </>
  );
}
