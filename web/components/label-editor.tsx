import { ActionIcon, Badge, Button, Popover, TextInput, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { UseMutationResult } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../lib/api/api-error.ts';
import styles from './label-editor.module.css';

type Change = UseMutationResult<unknown, Error, string>;

interface LabelEditorProps {
  readonly noun: 'alias' | 'tag';
  /** What has them, for whoever hears it: `net:v3`. */
  readonly of: string;
  readonly labels: readonly string[];
  readonly mayEdit: boolean;
  /** Labels that the viewer may neither give nor take. */
  readonly locked?: ReadonlySet<string> | undefined;
  readonly change: { readonly adding: Change; readonly removing: Change };
}

/** Aliases or tags of something, with what gives and takes them for whoever may. */
export function LabelEditor({ noun, of, labels, mayEdit, locked, change }: LabelEditorProps) {
  const { removing } = change;
  return (
    <span className={styles.labels}>
      {labels.map((label) => (
        <Badge
          key={label}
          variant={noun === 'alias' ? 'light' : 'default'}
          size="sm"
          className={styles.label ?? ''}
          rightSection={
            mayEdit &&
            locked?.has(label) !== true && (
              <ActionIcon
                variant="transparent"
                color="gray"
                c="inherit"
                size={14}
                aria-label={`Take ${noun} ${label} from ${of}`}
                loading={removing.isPending && removing.variables === label}
                onClick={() => removing.mutate(label)}
              >
                <X size={11} aria-hidden />
              </ActionIcon>
            )
          }
        >
          {label}
        </Badge>
      ))}
      {mayEdit && <AddLabel noun={noun} of={of} locked={locked} adding={change.adding} />}
    </span>
  );
}

interface AddLabelProps extends Pick<LabelEditorProps, 'noun' | 'of' | 'locked'> {
  readonly adding: Change;
}

function AddLabel({ noun, of, locked, adding }: AddLabelProps) {
  const [opened, { close, toggle }] = useDisclosure(false);
  return (
    // within the page, so that it is in a landmark
    <Popover opened={opened} onChange={close} trapFocus withinPortal={false} shadow="md" position="bottom-start">
      <Popover.Target>
        <Tooltip label={`Add ${noun}`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Add ${noun} to ${of}`}
            onClick={() => {
              adding.reset();
              toggle();
            }}
          >
            <Plus size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <AddForm noun={noun} of={of} locked={locked} adding={adding} onDone={close} />
      </Popover.Dropdown>
    </Popover>
  );
}

function AddForm({ noun, locked, adding, onDone }: AddLabelProps & { readonly onDone: () => void }) {
  const [text, setText] = useState('');
  const label = text.trim();
  const isLocked = locked?.has(label) === true;
  const refusal = adding.error === null ? undefined : messageOf(adding.error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // in a table, the row that is clicked belongs to something else
    event.stopPropagation();
    adding.mutate(label, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      <TextInput
        aria-label={`New ${noun}`}
        placeholder={noun === 'alias' ? 'production' : 'reviewed'}
        size="xs"
        w={176}
        value={text}
        onChange={(event) => {
          adding.reset();
          setText(event.currentTarget.value);
        }}
        error={isLocked ? 'Protected: for admins of the registry.' : refusal}
        autoComplete="off"
        data-autofocus
      />
      <Button type="submit" size="xs" loading={adding.isPending} disabled={label === '' || isLocked}>
        Add
      </Button>
    </form>
  );
}
