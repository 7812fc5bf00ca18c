import { NativeSelect } from '@mantine/core';

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly description?: string;
  /** What can be chosen, with its words. */
  readonly words: Readonly<Record<Value, string>>;
  readonly value: Value;
  readonly error?: string | undefined;
  readonly onChange: (value: Value) => void;
}

/** One of a few values. */
export function Choice<Value extends string>({ words, onChange, ...field }: ChoiceProps<Value>) {
  const values = Object.keys(words) as Value[];
  return (
    <NativeSelect
      {...field}
      data={values.map((value) => ({ value, label: words[value] }))}
      onChange={(event) => {
        const chosen = values.find((value) => value === event.currentTarget.value);
        if (chosen !== undefined) onChange(chosen);
      }}
    />
  );
}
