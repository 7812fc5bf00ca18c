import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { type ServiceAccount, useCreateServiceAccount } from '../api/service-accounts.ts';
import { DescriptionForm } from './description-form.tsx';
import { FreshServiceKey } from './fresh-service-key.tsx';
import { RoleField } from './role-field.tsx';
import { SERVICE_ROLES } from './roles.ts';

/** A button that makes a service account, and shows its key the one time it can be seen. */
export function CreateServiceAccount({ entity }: { readonly entity: string }) {
  const [opened, { open, close }] = useDisclosure(false);
  const [role, setRole] = useState<ServiceAccount['role']>('member');
  const creation = useCreateServiceAccount(entity);
  const made = creation.data;
  return (
    <>
      <Button
        variant="default"
        leftSection={<Plus size={16} />}
        onClick={() => {
          creation.reset();
          open();
        }}
      >
        New service account
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={made === undefined ? 'New service account' : `Copy the key of ${made.description}`}
        size="lg"
        closeOnClickOutside={made === undefined}
      >
        {made === undefined ? (
          <DescriptionForm
            submit="Create"
            saving={creation}
            onSubmit={(description) => creation.mutate({ description, role })}
          >
            <RoleField roles={SERVICE_ROLES} value={role} onChange={setRole} />
          </DescriptionForm>
        ) : (
          <FreshServiceKey apiKey={made.key} onDone={close} />
        )}
      </Modal>
    </>
  );
}
