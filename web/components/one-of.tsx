import { Select } from '@mantine/core';

interface OneOfProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly value: string | undefined;
  readonly onChange: (name: string | undefined) => void;
}

/** One of some names, or any: a condition of a list. */
export function OneOf({ label, names, value, onChange }: OneOfProps) {
  // what the address names may be gone by now, and is still a condition
  const data = [...new Set([...names, ...(value === undefined ? [] : [value])])].toSorted();
  return (
    <Select
      aria-label={label}
      placeholder={`Any ${label.toLowerCase()}`}
      searchable
      clearable
      data={data}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  );
}
