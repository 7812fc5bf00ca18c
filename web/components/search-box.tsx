import { CloseButton, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useRef } from 'react';
import { Key } from './key.tsx';
import styles from './search-box.module.css';

interface SearchBoxProps {
  /** What is searched: `Search runs`. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Beside the page's own search, which the key leads to. */
  readonly isSecond?: boolean;
  /** Enter was pressed. @param isBack with shift */
  readonly onEnter?: (isBack: boolean) => void;
}

/** The search of a list; `/` leads there from anywhere on the page. */
export function SearchBox({ label, value, onChange, isSecond = false, onEnter }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  useHotkeys(isSecond ? [] : [['/', () => input.current?.focus()]]);
  return (
    <TextInput
      ref={input}
      className={styles.box}
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onEnter?.(event.shiftKey);
        if (event.key !== 'Escape') return;
        if (value === '') input.current?.blur();
        else onChange('');
      }}
      leftSection={<Search size={15} aria-hidden />}
      rightSection={
        value === '' ? (
          !isSecond && <Key>/</Key>
        ) : (
          <CloseButton size="sm" aria-label="Clear" onClick={() => onChange('')} />
        )
      }
    />
  );
}
