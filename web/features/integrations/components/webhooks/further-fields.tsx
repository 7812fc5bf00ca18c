import { MultiSelect, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { secretsQuery } from '../../api/secrets.ts';
import type { FieldsProps } from './field-props.ts';
import { HeaderFields } from './header-fields.tsx';
import type { WebhookDraft } from './webhook-draft.ts';
import styles from './webhook-form.module.css';

const ENCODINGS = [
  { value: 'base64', label: 'base64, as W&B sends it' },
  { value: 'hex', label: 'hex' },
] as const;
const SCHEDULES = [
  { value: 'standard', label: 'Nine attempts in about 28 hours' },
  { value: 'short', label: 'Four attempts in about six minutes' },
  { value: 'none', label: 'One attempt' },
] as const;
const NUMBERS = [
  { field: 'timeoutSeconds', label: 'Timeout (seconds)', placeholder: '20' },
  { field: 'inFlight', label: 'Requests at once', placeholder: 'the server’s' },
  { field: 'perSecond', label: 'Requests a second', placeholder: 'the server’s' },
] as const;

/** What most webhooks leave as it is; open when something of it is not, or is wrong. */
export function FurtherFields({ entity, draft, faults, edit }: FieldsProps) {
  const { data: secrets = [] } = useQuery(secretsQuery(entity));
  const [opened, setOpened] = useState(hasFurther(draft));
  const wrong = (['headers', 'secretRefs', 'timeoutSeconds', 'inFlight', 'perSecond'] as const).some(
    (field) => faults.at(field) !== undefined,
  );
  return (
    <details
      className={styles.further}
      open={opened || wrong}
      onToggle={({ currentTarget }) => setOpened(currentTarget.open)}
    >
      <summary>Further options</summary>
      <Stack>
        <div className={styles.pair}>
          <NativeSelect
            label="Signature"
            data={ENCODINGS}
            value={draft.signatureEncoding}
            onChange={({ currentTarget: { value } }) => edit({ signatureEncoding: value === 'hex' ? 'hex' : 'base64' })}
          />
          <NativeSelect
            label="Delivery schedule"
            data={SCHEDULES}
            value={draft.schedule}
            onChange={({ currentTarget: { value } }) =>
              edit({ schedule: SCHEDULES.find((each) => each.value === value)?.value ?? 'standard' })
            }
          />
        </div>
        <div className={styles.row}>
          {NUMBERS.map(({ field, label, placeholder }) => (
            <TextInput
              key={field}
              label={label}
              placeholder={placeholder}
              inputMode="numeric"
              value={draft[field]}
              error={faults.at(field)}
              onChange={({ currentTarget }) => edit({ [field]: currentTarget.value })}
            />
          ))}
        </div>
        <HeaderFields rows={draft.headers} error={faults.at('headers')} onChange={(headers) => edit({ headers })} />
        <MultiSelect
          label="Further secrets"
          description="Payloads and headers may use them by name, beside the two above."
          placeholder={draft.secretRefs.length === 0 ? 'None' : ''}
          data={[...new Set([...secrets.map(({ name }) => name), ...draft.secretRefs])]}
          value={[...draft.secretRefs]}
          error={faults.at('secretRefs')}
          onChange={(secretRefs) => edit({ secretRefs })}
          searchable
          clearable
        />
      </Stack>
    </details>
  );
}

function hasFurther({ signatureEncoding, schedule, headers, secretRefs, ...numbers }: WebhookDraft): boolean {
  const { timeoutSeconds, inFlight, perSecond } = numbers;
  const changed = signatureEncoding !== 'base64' || schedule !== 'standard';
  return changed || headers.length + secretRefs.length > 0 || `${timeoutSeconds}${inFlight}${perSecond}` !== '';
}
