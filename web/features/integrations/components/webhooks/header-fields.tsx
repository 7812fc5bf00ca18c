import { ActionIcon, Button, Input, TextInput } from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import type { HeaderDraft } from './webhook-draft.ts';
import styles from './webhook-form.module.css';

interface HeaderFieldsProps {
  readonly rows: readonly HeaderDraft[];
  readonly error: string | undefined;
  readonly onChange: (rows: readonly HeaderDraft[]) => void;
}

/** Further headers, a row each. */
export function HeaderFields({ rows, error, onChange }: HeaderFieldsProps) {
  const edit = (key: number, part: Partial<HeaderDraft>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const add = () => onChange([...rows, { key: Math.max(0, ...rows.map((row) => row.key + 1)), name: '', value: '' }]);
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>Further headers</legend>
      <Input.Description mb={6}>
        Values may hold variables, and secrets of this webhook: {'${run_name}'}, {'${MY_SECRET}'}.
      </Input.Description>
      {rows.map(({ key, name, value }, place) => (
        <div key={key} className={styles.header}>
          <TextInput
            aria-label={`Name of header ${place + 1}`}
            placeholder="X-Team"
            value={name}
            onChange={({ currentTarget }) => edit(key, { name: currentTarget.value })}
          />
          <TextInput
            aria-label={`Value of header ${place + 1}`}
            placeholder="vision"
            value={value}
            onChange={({ currentTarget }) => edit(key, { value: currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove header ${place + 1}`}
            onClick={() => onChange(rows.filter((row) => row.key !== key))}
          >
            <Trash2 size={15} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {error !== undefined && <Input.Error mb={6}>{error}</Input.Error>}
      <Button variant="subtle" size="compact-sm" leftSection={<Plus size={14} />} onClick={add} ml={-8}>
        Add header
      </Button>
    </fieldset>
  );
}
