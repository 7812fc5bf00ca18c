import { Checkbox } from '@mantine/core';

interface ChooseOneProps {
  readonly name: string;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}

/** Chooses a row of a table. */
export function ChooseOne({ name, isChosen, onChoose }: ChooseOneProps) {
  return (
    <Checkbox
      size="xs"
      aria-label={`Choose ${name}`}
      checked={isChosen}
      onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
    />
  );
}

interface ChooseAllProps {
  /** What the table holds. */
  readonly of: string;
  readonly ids: readonly string[];
  readonly isChosen: (id: string) => boolean;
  readonly onChoose: (ids: readonly string[], isChosen: boolean) => void;
}

/** Chooses all rows that a table shows, or none of them. */
export function ChooseAll({ of, ids, isChosen, onChoose }: ChooseAllProps) {
  const some = ids.filter(isChosen).length;
  return (
    <Checkbox
      size="xs"
      aria-label={`Choose all shown: ${of}`}
      checked={ids.length > 0 && some === ids.length}
      indeterminate={some > 0 && some < ids.length}
      disabled={ids.length === 0}
      onChange={({ currentTarget }) => onChoose(ids, currentTarget.checked)}
    />
  );
}
