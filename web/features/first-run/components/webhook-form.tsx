import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../../../lib/api/api-error.ts';
import type { Integration } from '../../../lib/api/generated.ts';
import { useSetWebhook } from '../api/webhook.ts';
import styles from './webhook-form.module.css';

/** The address that is called; what the server refuses is said at the field. */
export function WebhookForm({ entity, webhook }: { readonly entity: string; readonly webhook: Integration | null }) {
  const [url, setUrl] = useState('');
  const saving = useSetWebhook(entity, webhook);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    saving.mutate(url.trim());
  };
  const kept = webhook === null ? null : `Calls go to ${webhook.url}.`;
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        className={styles.field ?? ''}
        type="url"
        required
        withAsterisk={false}
        label="Address"
        description={kept ?? 'Of a server of yours, or of a site that shows what it is sent.'}
        placeholder="https://example.com/hook"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        error={saving.error && messageOf(saving.error)}
      />
      <Button type="submit" variant={webhook === null ? 'filled' : 'default'} loading={saving.isPending}>
        {webhook === null ? 'Create webhook' : 'Change address'}
      </Button>
    </form>
  );
}
