import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useMay } from '../../features/entities/api/use-may.ts';
import type { OpenSecretDialog } from '../../features/integrations/components/secrets/secret-dialog.ts';
import { SecretDialogs } from '../../features/integrations/components/secrets/secret-dialogs.tsx';
import { SecretTable } from '../../features/integrations/components/secrets/secret-table.tsx';
import { searchOf, secretDialogOf } from './dialog-search.ts';
import { EntitySettings } from './entity-settings.tsx';

const route = getRouteApi('/inside/$entity/settings/secrets');

/** The secrets of an entity. */
export function EntitySecretsPage() {
  const { entity } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const manages = useMay(entity, 'manage_integrations');
  const onDialog: OpenSecretDialog = (dialog) => void navigate({ search: searchOf(dialog), replace: true });
  return (
    <EntitySettings
      entity={entity}
      part="Secrets"
      lead="Access tokens and signing keys that webhooks name. They are written, and never read again."
      actions={
        manages && (
          <Button leftSection={<Plus size={16} />} onClick={() => onDialog({ open: 'new' })}>
            New secret
          </Button>
        )
      }
    >
      <SecretTable entity={entity} manages={manages} onDialog={onDialog} />
      {manages && <SecretDialogs entity={entity} dialog={secretDialogOf(search)} onDialog={onDialog} />}
    </EntitySettings>
  );
}
