import { ActionIcon, Autocomplete, Badge, Button, Popover, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { UseMutationResult } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { type FormEvent, type RefObject, useState } from 'react';
import { messageOf } from '../lib/api/api-error.ts';
import styles from './label-editor.module.css';
import { useFocusBack } from './use-focus-back.ts';

type Change = UseMutationResult<unknown, Error, string>;

interface LabelEditorProps {
  readonly noun: 'alias' | 'tag';
  /** What has them, for whoever hears it: `net:v3`. */
  readonly of: string;
  readonly labels: readonly string[];
  readonly mayEdit: boolean;
  /** Nothing beside them says what they are: where there are none, the button does. */
  readonly isAlone?: boolean;
  /** Labels that the viewer may neither give nor take. */
  readonly locked?: ReadonlySet<string> | undefined;
  readonly change: { readonly adding: Change; readonly removing: Change };
  /** Names that are in use, of those that begin with what somebody types. */
  readonly known?: KnownNames | undefined;
}

export interface KnownNames {
  readonly names: readonly string[];
  readonly onBegin: (text: string) => void;
}

/** Aliases or tags of something, with what gives and takes them for whoever may. */
export function LabelEditor({ noun, of, labels, mayEdit, isAlone = false, locked, change, known }: LabelEditorProps) {
  const { removing } = change;
  const { button, giveBack } = useFocusBack();
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
                onClick={() => removing.mutate(label, { onSuccess: giveBack })}
              >
                <X size={11} aria-hidden />
              </ActionIcon>
            )
          }
        >
          {label}
        </Badge>
      ))}
      {mayEdit && (
        <AddLabel
          button={button}
          noun={noun}
          of={of}
          isWordy={isAlone && labels.length === 0}
          locked={locked}
          adding={change.adding}
          known={known && { ...known, names: known.names.filter((name) => !labels.includes(name)) }}
        />
      )}
    </span>
  );
}

interface AddLabelProps extends Pick<LabelEditorProps, 'noun' | 'of' | 'locked' | 'known'> {
  readonly adding: Change;
}

interface AddLabelButtonProps extends AddLabelProps {
  readonly isWordy: boolean;
  readonly button: RefObject<HTMLButtonElement | null>;
}

function AddLabel({ isWordy, button, ...props }: AddLabelButtonProps) {
  const { noun, of, adding, known } = props;
  const [opened, { close, toggle }] = useDisclosure(false);
  const begin = () => {
    adding.reset();
    known?.onBegin('');
    toggle();
  };
  const label = `Add ${noun} to ${of}`;
  return (
    // within the page, so that it is in a landmark
    <Popover opened={opened} onChange={close} trapFocus withinPortal={false} shadow="md" position="bottom-start">
      <Tooltip label={`Add ${noun}`} disabled={isWordy || opened}>
        <Popover.Target>
          {isWordy ? (
            <Button
              ref={button}
              className={styles.first ?? ''}
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<Plus size={14} aria-hidden />}
              aria-label={label}
              onClick={begin}
            >
              Add {noun}
            </Button>
          ) : (
            <ActionIcon ref={button} variant="subtle" color="gray" size="sm" aria-label={label} onClick={begin}>
              <Plus size={14} aria-hidden />
            </ActionIcon>
          )}
        </Popover.Target>
      </Tooltip>
      <Popover.Dropdown>
        <AddForm {...props} onDone={close} />
      </Popover.Dropdown>
    </Popover>
  );
}

function AddForm({ noun, locked, adding, known, onDone }: AddLabelProps & { readonly onDone: () => void }) {
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
      <Autocomplete
        aria-label={`New ${noun}`}
        placeholder={noun === 'alias' ? 'production' : 'reviewed'}
        size="xs"
        w={176}
        data={known === undefined ? [] : [...known.names]}
        comboboxProps={{ withinPortal: false }}
        value={text}
        onChange={(next) => {
          adding.reset();
          setText(next);
          known?.onBegin(next);
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
