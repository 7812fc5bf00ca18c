import { Button, Group, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { isJsonObject } from '../../../../../src/model/json.ts';
import { parseLooseJson, printLooseJson } from '../../../../../src/model/loose-json.ts';
import { messageOf } from '../../../../lib/api/api-error.ts';
import { tellDone } from '../../../../lib/notices.ts';
import { useChangeVersion } from '../../api/change-version.ts';
import type { VersionAddress } from '../../api/get-version.ts';
import styles from './metadata-part.module.css';

interface MetadataFormProps {
  readonly address: VersionAddress;
  readonly text: string;
  readonly onDone: () => void;
}

/** The metadata of a version as JSON, in the form in which clients write it: `NaN` is a value. */
export function MetadataForm({ address, text, onDone }: MetadataFormProps) {
  const [draft, setDraft] = useState(() => laidOut(text));
  const change = useChangeVersion(address);
  const fault = faultOf(draft);
  const refusal = change.error === null ? undefined : messageOf(change.error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate(
      { metadataText: draft },
      {
        onSuccess: () => {
          tellDone('The metadata is saved.');
          onDone();
        },
      },
    );
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Textarea
        label="Metadata"
        description="A JSON object, which takes the place of the present one."
        classNames={{ input: styles.input ?? '' }}
        autosize
        minRows={8}
        maxRows={28}
        value={draft}
        onChange={(event) => {
          change.reset();
          setDraft(event.currentTarget.value);
        }}
        error={fault ?? refusal}
        spellCheck={false}
        autoFocus
      />
      <Group gap="xs">
        <Button type="submit" loading={change.isPending} disabled={fault !== undefined}>
          Save
        </Button>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}

/** A whole number that may lose digits when it is read. */
const LONG_NUMBER = /(?<![\d.])\d{16,}(?![\d.])/;

/** One line for each member, as far as that changes nothing of the values. */
function laidOut(text: string): string {
  if (LONG_NUMBER.test(text)) return text;
  const value = parseLooseJson(text);
  try {
    const spread = JSON.stringify(value, null, 2);
    // what JSON has no word for stays as it was written
    return printLooseJson(JSON.parse(spread)) === printLooseJson(value) ? spread : text;
  } catch {
    return text;
  }
}

function faultOf(text: string): string | undefined {
  try {
    return isJsonObject(parseLooseJson(text)) ? undefined : 'This is no JSON object: it begins with { and ends with }.';
  } catch {
    return 'This is no JSON yet.';
  }
}
