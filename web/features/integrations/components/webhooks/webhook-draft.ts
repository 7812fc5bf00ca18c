import { FieldFault } from '../../../../lib/api/field-faults.ts';
import type { NewWebhookInput } from '../../../../lib/api/generated.ts';
import type { Integration } from '../../../../lib/api/integrations-query.ts';

/** A further header as it is typed. */
export interface HeaderDraft {
  readonly key: number;
  readonly name: string;
  readonly value: string;
}

/** A webhook as it is typed; an empty text is nothing chosen, or the server's own setting. */
export interface WebhookDraft {
  readonly name: string;
  readonly url: string;
  readonly accessTokenRef: string;
  readonly secretRef: string;
  readonly signatureEncoding: 'base64' | 'hex';
  readonly headers: readonly HeaderDraft[];
  readonly secretRefs: readonly string[];
  readonly timeoutSeconds: string;
  readonly schedule: 'standard' | 'short' | 'none';
  readonly inFlight: string;
  readonly perSecond: string;
}

/** The fields at which the server can find fault. */
export const WEBHOOK_FIELDS = [
  ...(['name', 'url', 'accessTokenRef', 'secretRef', 'signatureEncoding', 'headers', 'secretRefs'] as const),
  ...(['timeoutSeconds', 'schedule', 'inFlight', 'perSecond'] as const),
];

export const EMPTY_WEBHOOK: WebhookDraft = {
  ...{ name: '', url: '', accessTokenRef: '', secretRef: '', signatureEncoding: 'base64', headers: [], secretRefs: [] },
  ...{ timeoutSeconds: '', schedule: 'standard', inFlight: '', perSecond: '' },
};

export function webhookDraftOf({ name, url, accessTokenRef, secretRef, settings }: Integration): WebhookDraft {
  const common = { name, url: url ?? '', accessTokenRef: accessTokenRef ?? '', secretRef: secretRef ?? '' };
  if (settings === null) return { ...EMPTY_WEBHOOK, ...common };
  const { headers, timeoutSeconds, inFlight, perSecond } = settings;
  return {
    ...settings,
    ...common,
    headers: Object.entries(headers).map(([header, value], key) => ({ key, name: header, value })),
    timeoutSeconds: textOf(timeoutSeconds),
    inFlight: textOf(inFlight),
    perSecond: textOf(perSecond),
  };
}

/** A draft as the API takes it. @throws FieldFault for what could not even be asked */
export function webhookBodyOf(draft: WebhookDraft): NewWebhookInput {
  return {
    ...draft,
    accessTokenRef: draft.accessTokenRef || null,
    secretRef: draft.secretRef || null,
    secretRefs: [...draft.secretRefs],
    headers: headersOf(draft.headers),
    timeoutSeconds: numberOf(draft, 'timeoutSeconds'),
    inFlight: numberOf(draft, 'inFlight'),
    perSecond: numberOf(draft, 'perSecond'),
  };
}

/** The rows of headers that say something. @throws FieldFault */
export function headersOf(rows: readonly HeaderDraft[]): Record<string, string> {
  const named = rows.filter(({ name, value }) => name.trim() !== '' || value !== '');
  const names = named.map(({ name }) => name.trim());
  if (names.includes('')) throw new FieldFault('headers', 'Each header needs a name.');
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw new FieldFault('headers', `The header ${twice} stands twice.`);
  return Object.fromEntries(named.map(({ name, value }) => [name.trim(), value]));
}

function numberOf(draft: WebhookDraft, field: 'timeoutSeconds' | 'inFlight' | 'perSecond'): number | null {
  const text = draft[field].trim();
  if (text === '') return null;
  const number = Number(text);
  if (!Number.isFinite(number)) throw new FieldFault(field, 'A number is needed, or nothing.');
  return number;
}

const textOf = (number: number | null): string => (number === null ? '' : String(number));
