import type { FieldFaults } from '../../../../lib/api/field-faults.ts';
import type { WEBHOOK_FIELDS, WebhookDraft } from './webhook-draft.ts';

/** What a group of fields of a webhook needs. */
export interface FieldsProps {
  readonly entity: string;
  readonly draft: WebhookDraft;
  readonly faults: FieldFaults<(typeof WEBHOOK_FIELDS)[number]>;
  readonly edit: (part: Partial<WebhookDraft>) => void;
}
