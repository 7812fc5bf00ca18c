import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FormFault } from '../../../../components/form-fault.tsx';
import { fieldFaults } from '../../../../lib/api/field-faults.ts';
import { type SavedIntegration, useSaveWebhook } from '../../api/save-webhook.ts';
import { SecretSelect } from '../secrets/secret-select.tsx';
import { submitting } from '../shared/submitting.ts';
import type { FieldsProps } from './field-props.ts';
import { FurtherFields } from './further-fields.tsx';
import { RequestPreview } from './request-preview.tsx';
import { WEBHOOK_FIELDS, type WebhookDraft, webhookBodyOf } from './webhook-draft.ts';
import styles from './webhook-form.module.css';

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
          <FormFault message={faults.whole} />
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
