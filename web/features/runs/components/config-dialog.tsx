import { Alert, Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Json } from '../../../../src/model/json.ts';
import { Dialog } from '../../../components/dialog.tsx';
import { messageOf } from '../../../lib/api/api-error.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';
import { useEditRun } from '../api/change-run.ts';

interface ConfigDialogProps {
  readonly place: RunPlace;
  /** Its client sends its own config again. */
  readonly isRunning: boolean;
  /** Empty for a new one. */
  readonly name: string;
  /** `undefined` for a new one. */
  readonly value: Json | undefined;
  readonly onClose: () => void;
}

/** A value of a config, as JSON; it can also be taken away. */
export function ConfigDialog({ place, isRunning, name, value, onClose }: ConfigDialogProps) {
  const [named, setNamed] = useState(name);
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, null, 2));
  const editing = useEditRun(place);
  const parsed = parsedJson(text);
  const isNew = value === undefined;
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (parsed === undefined) return;
    editing.mutate({ config: { [named.trim()]: parsed.value } }, { onSuccess: onClose });
  };
  const remove = () => editing.mutate({ removedConfig: [name] }, { onSuccess: onClose });
  return (
    <Dialog onClose={onClose} title={isNew ? 'Add a value' : `Edit ${name}`}>
      <form onSubmit={save}>
        <Stack>
          {isNew && (
            <TextInput
              label="Name"
              value={named}
              onChange={({ currentTarget }) => setNamed(currentTarget.value)}
              data-autofocus
            />
          )}
          <Textarea
            label="Value (JSON)"
            description="A number, true, a list, an object; a text stands in quotes."
            rows={Math.min(16, Math.max(3, text.split('\n').length))}
            value={text}
            error={
              text !== '' && parsed === undefined ? 'This is no JSON. A text stands in quotes: "adam".' : undefined
            }
            onChange={({ currentTarget }) => setText(currentTarget.value)}
            {...(isNew ? {} : { 'data-autofocus': true })}
          />
          {isRunning && (
            <Alert color="yellow" variant="light">
              The run goes on: when its client sends its config again, that counts.
            </Alert>
          )}
          {editing.error !== null && (
            <Alert color="red" variant="light" role="alert">
              {messageOf(editing.error)}
            </Alert>
          )}
          <Group justify="space-between">
            {isNew ? (
              <span />
            ) : (
              <Button variant="subtle" color="red" c="var(--bad)" loading={editing.isPending} onClick={remove}>
                Remove
              </Button>
            )}
            <Button type="submit" loading={editing.isPending} disabled={parsed === undefined || named.trim() === ''}>
              Save value
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function parsedJson(text: string): { readonly value: Json } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
