import { Text } from '@mantine/core';
import { prepareWebhook } from '../../../../../src/actions/prepare-webhook.ts';
import { JsonBlock } from '../../../../components/json-block.tsx';
import type { WebhookDraft } from './webhook-draft.ts';
import styles from './webhook-form.module.css';

/** As the server masks them. */
const MASK = '[masked]';

/** The request that a webhook sends, as far as its settings tell; secrets stay masked. */
export function RequestPreview({ draft }: { readonly draft: WebhookDraft }) {
  return (
    <aside className={styles.aside} aria-label="The request">
      <JsonBlock label="The request" value={requestText(draft)} />
      <Text size="xs" c="dimmed">
        Secrets are masked. The body is what the automation says, else everything that is known of the event. Test it to
        see it with a real event.
      </Text>
    </aside>
  );
}

function requestText(draft: WebhookDraft): string {
  const { url, accessTokenRef } = draft;
  const { method, headers } = prepareWebhook({
    id: 'exe_...',
    url,
    body: new Uint8Array(),
    accessToken: accessTokenRef === '' ? undefined : MASK,
    headers: typedHeaders(draft),
    timeoutMs: undefined,
    now: 0,
    version: '...',
  });
  const shown = { ...headers, 'User-Agent': 'Tripline', 'webhook-timestamp': 'Unix seconds', ...signaturesOf(draft) };
  const lines = Object.entries(shown).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${url || 'https://…'}`, ...lines, '', '{ … }'].join('\n');
}

function signaturesOf({ secretRef, signatureEncoding }: WebhookDraft): Readonly<Record<string, string>> {
  if (secretRef === '') return {};
  return { 'X-Wandb-Signature': `${signatureEncoding} of HMAC-SHA256(body)`, 'webhook-signature': 'v1,…' };
}

/** While a row is wrong, the others are shown. */
function typedHeaders({ headers }: WebhookDraft): Readonly<Record<string, string>> {
  return Object.fromEntries(headers.map(({ name, value }) => [name.trim(), value]).filter(([name]) => name !== ''));
}
