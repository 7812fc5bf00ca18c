import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import {
  type ServiceAccount,
  useDeleteServiceAccount,
  useDescribeServiceAccount,
  useRotateKey,
} from '../api/service-accounts.ts';
import { DescriptionForm } from './description-form.tsx';
import { FreshServiceKey } from './fresh-service-key.tsx';

interface DialogProps {
  readonly entity: string;
  readonly account: ServiceAccount;
  readonly onClose: () => void;
}

export function RenameServiceAccount({ entity, account: { username, description }, onClose }: DialogProps) {
  const saving = useDescribeServiceAccount(entity, username);
  return (
    <Dialog onClose={onClose} title={`Rename ${description}`}>
      <DescriptionForm
        initial={description}
        submit="Rename"
        saving={saving}
        onSubmit={(text) => saving.mutate(text, { onSuccess: onClose })}
      />
    </Dialog>
  );
}

/** Asks, and then shows the new key the one time it can be seen. */
export function RotateServiceKey({ entity, account: { username, description }, onClose }: DialogProps) {
  const rotation = useRotateKey(entity, username);
  if (rotation.data !== undefined) {
    return (
      <Dialog onClose={onClose} title={`Copy the key of ${description}`} size="lg" closeOnClickOutside={false}>
        <FreshServiceKey apiKey={rotation.data.key} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Make a new key for ${description}?`}
      confirm="Make a new key"
      pending={rotation.isPending}
      onConfirm={() => rotation.mutate()}
    >
      What uses the present one is refused from then on.
    </ConfirmDialog>
  );
}

export function DeleteServiceAccount({ entity, account, onClose }: DialogProps) {
  const deletion = useDeleteServiceAccount(entity, account);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Remove ${account.description}?`}
      confirm="Remove"
      keep="Keep it"
      pending={deletion.isPending}
      onConfirm={() => deletion.mutate(undefined, { onSuccess: onClose })}
    >
      What uses its key is refused from then on. What it made stays.
    </ConfirmDialog>
  );
}
