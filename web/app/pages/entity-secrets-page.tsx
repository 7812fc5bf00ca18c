import { getRouteApi } from '@tanstack/react-router';
import type { OpenSecretDialog } from '../../features/integrations/components/secrets/secret-dialog.ts';
import { SecretDialogs } from '../../features/integrations/components/secrets/secret-dialogs.tsx';
import { SecretTable } from '../../features/integrations/components/secrets/secret-table.tsx';
import { searchOf, secretDialogOf } from './dialog-search.ts';
import { ManagedSettings } from './managed-settings.tsx';

const route = getRouteApi('/inside/$entity/settings/secrets');

/** The secrets of an entity. */
export function EntitySecretsPage() {
  const { entity } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const onDialog: OpenSecretDialog = (dialog) => void navigate({ search: searchOf(dialog), replace: true });
  return (
    <ManagedSettings
      entity={entity}
      part="Secrets"
      lead="Access tokens and signing keys that webhooks name. They are written, and never read again."
      add="New secret"
      onAdd={() => onDialog({ open: 'new' })}
    >
      {(manages) => (
        <>
          <SecretTable entity={entity} manages={manages} onDialog={onDialog} />
          {manages && <SecretDialogs entity={entity} dialog={secretDialogOf(search)} onDialog={onDialog} />}
        </>
      )}
    </ManagedSettings>
  );
}
