import { Alert, Button, MultiSelect, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type FieldFaults, fieldFaults } from '../../../../lib/api/field-faults.ts';
import { type SavedIntegration, useSaveWebhook } from '../../api/save-webhook.ts';
import { secretsQuery } from '../../api/secrets.ts';
import { SecretSelect } from '../secrets/secret-select.tsx';
import { submitting } from '../shared/submitting.ts';
import { HeaderFields } from './header-fields.tsx';
import { RequestPreview } from './request-preview.tsx';
import { WEBHOOK_FIELDS, type WebhookDraft, webhookBodyOf } from './webhook-draft.ts';
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

interface WebhookFormProps {
  readonly entity: string;
  readonly first: WebhookDraft;
  /** The webhook that is edited; absent for a new one. */
  readonly id?: string;
  readonly onSaved: (webhook: SavedIntegration) => void;
}

/** Everything that a webhook can be told, with the request that it makes. */
export function WebhookForm({ entity, first, id, onSaved }: WebhookFormProps) {
  const [draft, setDraft] = useState(first);
  const [fault, setFault] = useState<unknown>();
  const saving = useSaveWebhook(entity, id);
  const faults = fieldFaults(fault, WEBHOOK_FIELDS);
  const edit = (part: Partial<WebhookDraft>) => setDraft((before) => ({ ...before, ...part }));
  const save = async (): Promise<void> => {
    setFault(undefined);
    try {
      onSaved(await saving.mutateAsync(webhookBodyOf(draft)));
    } catch (error) {
      setFault(error);
    }
  };
  const shown = { entity, draft, faults, edit };
  return (
    <form onSubmit={submitting(() => void save())} noValidate>
      <div className={styles.layout}>
        <Stack>
          <MainFields {...shown} />
          <FurtherFields {...shown} />
          {faults.whole !== undefined && (
            <Alert color="red" variant="light">
              {faults.whole}
            </Alert>
          )}
        </Stack>
        <RequestPreview draft={draft} />
      </div>
      <div className={styles.foot}>
        <Button type="submit" loading={saving.isPending}>
          {id === undefined ? 'Create webhook' : 'Save changes'}
        </Button>
      </div>
    </form>
  );
}

interface FieldsProps {
  readonly entity: string;
  readonly draft: WebhookDraft;
  readonly faults: FieldFaults<(typeof WEBHOOK_FIELDS)[number]>;
  readonly edit: (part: Partial<WebhookDraft>) => void;
}

function MainFields({ entity, draft, faults, edit }: FieldsProps) {
  return (
    <>
      <TextInput
        label="Name"
        placeholder="deploy"
        value={draft.name}
        error={faults.at('name')}
        onChange={({ currentTarget }) => edit({ name: currentTarget.value })}
        data-autofocus
      />
      <TextInput
        label="URL"
        description="Path and query may be credentials: only those who manage webhooks see them."
        placeholder="https://example.com/hooks/deploy"
        type="url"
        value={draft.url}
        error={faults.at('url')}
        spellCheck={false}
        onChange={({ currentTarget }) => edit({ url: currentTarget.value })}
      />
      <SecretSelect
        entity={entity}
        label="Access token"
        description="A secret that is sent as Authorization: Bearer …"
        value={draft.accessTokenRef}
        error={faults.at('accessTokenRef')}
        onChange={(accessTokenRef) => edit({ accessTokenRef })}
      />
      <SecretSelect
        entity={entity}
        label="Signing secret"
        description="A secret by which the receiver knows that the request is ours, and unchanged."
        value={draft.secretRef}
        error={faults.at('secretRef')}
        onChange={(secretRef) => edit({ secretRef })}
      />
    </>
  );
}

/** What most webhooks leave as it is; open when something of it is not, or is wrong. */
function FurtherFields({ entity, draft, faults, edit }: FieldsProps) {
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
