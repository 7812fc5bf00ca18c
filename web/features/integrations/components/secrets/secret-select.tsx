import { Button, Modal, NativeSelect } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { secretsQuery } from '../../api/secrets.ts';
import { SecretForm } from './secret-form.tsx';
import styles from './secret-select.module.css';

interface SecretSelectProps {
  readonly entity: string;
  readonly label: string;
  readonly description: string;
  /** A name; empty for none. */
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (name: string) => void;
}

/** A secret by its name; a new one is made without leaving. */
export function SecretSelect({ entity, label, onChange, ...field }: SecretSelectProps) {
  const { data } = useQuery(secretsQuery(entity));
  const [opened, { open, close }] = useDisclosure(false);
  const names = data?.map(({ name }) => name) ?? [];
  const missing = field.value !== '' && data !== undefined && !names.includes(field.value);
  return (
    <div className={styles.field}>
      <NativeSelect
        {...field}
        label={label}
        data={[
          { value: '', label: 'None' },
          ...(missing ? [{ value: field.value, label: `${field.value} (missing)` }] : []),
          ...(data === undefined && field.value !== '' ? [field.value] : names),
        ]}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <Button
        variant="subtle"
        size="compact-xs"
        className={styles.create}
        aria-label={`New secret for ${label.toLowerCase()}`}
        onClick={open}
      >
        New secret
      </Button>
      <Modal opened={opened} onClose={close} title="New secret">
        <SecretForm
          entity={entity}
          onCreated={({ name }) => {
            onChange(name);
            close();
          }}
        />
      </Modal>
    </div>
  );
}
