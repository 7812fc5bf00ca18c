import { ActionIcon, Button, Group, Textarea, TextInput } from '@mantine/core';
import { Pencil } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import { useFocusBack } from '../use-focus-back.ts';
import styles from './in-place.module.css';
import { useSaving } from './use-saving.ts';

interface EditableTextProps {
  /** What it is, in small letters: `name`. */
  readonly label: string;
  readonly value: string | null;
  /** What stands there; without it the value as it is. */
  readonly children?: ReactNode;
  /** Cannot be taken away. */
  readonly isRequired?: boolean;
  /** Has several lines. */
  readonly isLong?: boolean;
  /** `undefined` for who may not. @param text `null` when it is taken away */
  readonly save: ((text: string | null) => Promise<unknown>) | undefined;
}

/** A text that is changed where it stands: Enter keeps the change, Escape drops it. */
export function EditableText(props: EditableTextProps) {
  const { label, value, children = value, save } = props;
  const [isOpen, setOpen] = useState(false);
  const { button, giveBack } = useFocusBack();
  if (isOpen && save !== undefined) {
    const close = () => {
      setOpen(false);
      giveBack();
    };
    return <TextForm {...props} save={save} onDone={close} />;
  }
  return (
    <span className={styles.shown}>
      {value === null || value === '' ? <span className={styles.none}>none</span> : children}
      {save !== undefined && (
        <ActionIcon
          ref={button}
          variant="subtle"
          color="gray"
          c="dimmed"
          size="sm"
          aria-label={`Edit ${label}`}
          onClick={() => setOpen(true)}
        >
          <Pencil size={13} aria-hidden />
        </ActionIcon>
      )}
    </span>
  );
}

interface TextFormProps extends EditableTextProps {
  readonly save: (text: string | null) => Promise<unknown>;
  readonly onDone: () => void;
}

function TextForm({ label, value, isRequired = false, isLong = false, save, onDone }: TextFormProps) {
  const [text, setText] = useState(value ?? '');
  const saving = useSaving(save, onDone);
  const given = isLong ? text : text.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (given === (value ?? '')) onDone();
    else saving.start(given === '' ? null : given);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onDone();
    if (isLong && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
  };
  const shared = {
    'aria-label': sentenceCase(label),
    autoFocus: true,
    value: text,
    error: saving.fault,
    onKeyDown,
  };
  return (
    <form onSubmit={submit} className={styles.form} data-long={isLong}>
      {isLong ? (
        <Textarea {...shared} rows={6} onChange={({ currentTarget }) => setText(currentTarget.value)} />
      ) : (
        <TextInput {...shared} size="xs" onChange={({ currentTarget }) => setText(currentTarget.value)} />
      )}
      <Group gap="xs" wrap="nowrap">
        <Button type="submit" size="compact-sm" loading={saving.isPending} disabled={isRequired && given === ''}>
          Save
        </Button>
        <Button variant="default" size="compact-sm" onClick={onDone}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
