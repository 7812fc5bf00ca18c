import { Autocomplete } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useSettled } from '../../../lib/use-settled.ts';
import type { SuggestionsQuery } from '../api/suggestions.ts';
import styles from './suggested-text.module.css';

interface SuggestedTextProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly className?: string | undefined;
  readonly error?: string | undefined;
  /** What may be meant by what stands there. */
  readonly suggest: (text: string) => SuggestionsQuery;
  readonly onChange: (text: string) => void;
}

/** A text with suggestions, which takes any other text too. One that ends in `/` or `:` goes on. */
export function SuggestedText({ suggest, onChange, ...field }: SuggestedTextProps) {
  const [opened, open] = useState(false);
  const goesOn = useRef(false);
  const { data = [] } = useQuery({ ...suggest(useSettled(field.value)), enabled: opened });
  const noteOf = new Map(data.map(({ text, note }) => [text, note]));
  return (
    <Autocomplete
      {...field}
      data={[...noteOf.keys()]}
      filter={({ options }) => options}
      onChange={onChange}
      dropdownOpened={opened}
      onDropdownOpen={() => open(true)}
      onDropdownClose={() => {
        open(goesOn.current);
        goesOn.current = false;
      }}
      onOptionSubmit={(text) => {
        goesOn.current = /[/:]$/.test(text);
      }}
      renderOption={({ option }) => (
        <span className={styles.option}>
          {option.value}
          <span className={styles.note}>{noteOf.get(option.value)}</span>
        </span>
      )}
      autoComplete="off"
      maxDropdownHeight={280}
      comboboxProps={{ withinPortal: false }}
    />
  );
}
