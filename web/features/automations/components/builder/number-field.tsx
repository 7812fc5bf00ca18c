import { TextInput } from '@mantine/core';

interface NumberFieldProps {
  readonly label: string;
  /** Of what the number is. */
  readonly unit?: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly onChange: (text: string) => void;
}

/** A number as it is typed: `1e-3` and a lone minus sign are texts until they are sent. */
export function NumberField({ label, unit, onChange, ...field }: NumberFieldProps) {
  return (
    <TextInput
      {...field}
      label={unit === undefined ? label : `${label} (${unit})`}
      inputMode="decimal"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
