import { ActionIcon, Button, Textarea, Tooltip } from '@mantine/core';
import { Pencil, Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../lib/api/api-error.ts';
import styles from './edit-text.module.css';
import { Markdown } from './markdown/markdown.tsx';
import { useFocusBack } from './use-focus-back.ts';

interface EditTextProps {
  /** What it is: `Description`. */
  readonly label: string;
  readonly text: string | null;
  readonly mayEdit: boolean;
  /** @returns once it is saved @throws what was refused */
  readonly save: (text: string) => Promise<unknown>;
}

/** A text of Markdown that is edited where it stands, by whoever may. */
export function EditText({ label, text, mayEdit, save }: EditTextProps) {
  const [isEdited, setEdited] = useState(false);
  const { button, giveBack } = useFocusBack();
  const known = text ?? '';
  const close = () => {
    setEdited(false);
    giveBack();
  };
  if (isEdited) return <Form label={label} text={known} save={save} onDone={close} />;
  if (!mayEdit) return known === '' ? null : <Markdown text={known} />;
  if (known === '') {
    return (
      <Button
        ref={button}
        className={styles.add ?? ''}
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<Plus size={14} aria-hidden />}
        onClick={() => setEdited(true)}
      >
        Add a {label.toLowerCase()}
      </Button>
    );
  }
  return (
    <div className={styles.shown}>
      <Markdown text={known} />
      <Tooltip label={`Edit ${label.toLowerCase()}`}>
        <ActionIcon
          ref={button}
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={`Edit ${label.toLowerCase()}`}
          onClick={() => setEdited(true)}
        >
          <Pencil size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function Form({ label, text, save, onDone }: Omit<EditTextProps, 'mayEdit'> & { readonly onDone: () => void }) {
  const [draft, setDraft] = useState(text ?? '');
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setPending(true);
    try {
      await save(draft.trim());
      onDone();
    } catch (error) {
      setRefusal(messageOf(error));
      setPending(false);
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <Textarea
        aria-label={label}
        description="Markdown: **bold**, `code`, [links](https://…), lists and tables."
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        autosize
        minRows={2}
        maxRows={12}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
        error={refusal}
        autoFocus
      />
      <div className={styles.buttons}>
        <Button type="submit" size="compact-sm" loading={isPending}>
          Save
        </Button>
        <Button variant="default" size="compact-sm" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
