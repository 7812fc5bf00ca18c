import { ActionIcon, Autocomplete, NativeSelect, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { type Condition, OPERATORS, type Operator } from '../lib/conditions.ts';
import styles from './condition-line.module.css';

interface ConditionLineProps {
  readonly number: number;
  /** Fields that there are; those of a tree as `config.<path>`. */
  readonly names: readonly string[];
  readonly condition: Condition;
  readonly onChange: (condition: Condition) => void;
  readonly onRemove: () => void;
}

const operators = Object.keys(OPERATORS) as Operator[];

/** A field, how it is compared, and with what. */
export function ConditionLine({ number, names, condition, onChange, onRemove }: ConditionLineProps) {
  const { field, operator, value } = condition;
  return (
    <fieldset className={styles.line}>
      <legend className={styles.legend}>Condition {number}</legend>
      <Autocomplete
        aria-label={`Field ${number}`}
        placeholder="field"
        data={names.map((name) => name.replace('<path>', ''))}
        value={field}
        onChange={(next) => onChange({ ...condition, field: next })}
      />
      <NativeSelect
        aria-label={`Comparison ${number}`}
        data={operators.map((each) => ({ value: each, label: OPERATORS[each] }))}
        value={operator}
        onChange={({ currentTarget }) => {
          const next = operators.find((each) => each === currentTarget.value);
          if (next !== undefined)
            onChange({ ...condition, operator: next, value: next === '$exists' ? 'true' : value });
        }}
      />
      {operator === '$exists' ? (
        <NativeSelect
          aria-label={`Value ${number}`}
          data={[
            { value: 'true', label: 'yes' },
            { value: 'false', label: 'no' },
          ]}
          value={value}
          onChange={({ currentTarget }) => onChange({ ...condition, value: currentTarget.value })}
        />
      ) : (
        <TextInput
          aria-label={`Value ${number}`}
          placeholder={PLACEHOLDERS[operator] ?? 'value'}
          value={value}
          onChange={({ currentTarget }) => onChange({ ...condition, value: currentTarget.value })}
        />
      )}
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={`Remove condition ${number}`} onClick={onRemove}>
        <X size={16} aria-hidden />
      </ActionIcon>
    </fieldset>
  );
}

const PLACEHOLDERS: Partial<Record<Operator, string>> = {
  $regex: 'regular expression',
  $in: 'values, with commas between',
  $nin: 'values, with commas between',
};
