import { TextInput } from '@mantine/core';
import { fromLocal, toLocal } from '../lib/local-time.ts';
import styles from './instant-field.module.css';

interface InstantFieldProps {
  readonly label: string;
  /** ISO instant; shown in the viewer's zone. */
  readonly value: string | undefined;
  readonly onChange: (instant: string | undefined) => void;
  readonly className?: string | undefined;
}

/** From when, or until when: a condition of a list. */
export function InstantField({ label, value, onChange, className }: InstantFieldProps) {
  return (
    <TextInput
      className={className ?? ''}
      type="datetime-local"
      aria-label={label}
      leftSection={<span className={styles.word}>{label}</span>}
      leftSectionWidth={52}
      value={toLocal(value)}
      onChange={(event) => onChange(fromLocal(event.currentTarget.value))}
    />
  );
}
