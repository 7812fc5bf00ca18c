import type { SecretDialog } from '../../features/integrations/components/secrets/secret-dialog.ts';
import type { IntegrationDialog } from '../../features/integrations/components/shared/dialog.ts';
import { type Given, textsIn } from '../../lib/address-text.ts';

/** What an address says of the dialog that is open: which, and about what. */
export interface DialogSearch {
  readonly open?: string;
  /** Id of an integration, or name of a secret. */
  readonly of?: string;
}

/** What means nothing is left out. */
export function dialogSearch(given: Given): DialogSearch {
  return textsIn(given, ['open', 'of']);
}

export function dialogOf({ open, of }: DialogSearch): IntegrationDialog | undefined {
  if (open === 'new') return { open };
  if (of === undefined) return undefined;
  return open === 'edit' || open === 'test' || open === 'delete' ? { open, id: of } : undefined;
}

export function secretDialogOf({ open, of }: DialogSearch): SecretDialog | undefined {
  if (open === 'new') return { open };
  if (of === undefined) return undefined;
  return open === 'replace' || open === 'access' || open === 'delete' ? { open, name: of } : undefined;
}

export function searchOf(dialog: IntegrationDialog | SecretDialog | undefined): DialogSearch {
  if (dialog === undefined || dialog.open === 'new') return { ...dialog };
  return { open: dialog.open, of: 'id' in dialog ? dialog.id : dialog.name };
}
