import { useQuery } from '@tanstack/react-query';
import { Dialog } from '../../../../components/dialog.tsx';
import { secretsQuery } from '../../api/secrets.ts';
import { AccessForm } from './access-form.tsx';
import { DeleteSecretDialog } from './delete-secret-dialog.tsx';
import { ReplaceForm } from './replace-form.tsx';
import type { OpenSecretDialog, SecretDialog } from './secret-dialog.ts';
import { SecretForm } from './secret-form.tsx';

interface SecretDialogsProps {
  readonly entity: string;
  readonly dialog: SecretDialog | undefined;
  readonly onDialog: OpenSecretDialog;
}

/** What is open above the list of secrets. */
export function SecretDialogs({ entity, dialog, onDialog }: SecretDialogsProps) {
  const { data } = useQuery(secretsQuery(entity));
  const close = () => onDialog(undefined);
  if (dialog === undefined) return null;
  if (dialog.open === 'new') {
    return (
      <Dialog onClose={close} title="New secret">
        <SecretForm entity={entity} onCreated={close} />
      </Dialog>
    );
  }
  const secret = data?.find(({ name }) => name === dialog.name);
  if (secret === undefined) return null;
  switch (dialog.open) {
    case 'replace':
      return (
        <Dialog onClose={close} title={`Replace the value of ${secret.name}`}>
          <ReplaceForm entity={entity} name={secret.name} onReplaced={close} />
        </Dialog>
      );
    case 'access':
      return (
        <Dialog onClose={close} title={`What may read ${secret.name}`}>
          <AccessForm entity={entity} secret={secret} />
        </Dialog>
      );
    case 'delete':
      return <DeleteSecretDialog entity={entity} secret={secret} onClose={close} />;
  }
}
