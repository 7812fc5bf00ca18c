import type { Condition } from '../lib/conditions.ts';
import { ConditionLine } from './condition-line.tsx';

interface ConditionLinesProps {
  readonly conditions: readonly Condition[];
  /** Fields that there are; those of a tree as `config.<path>`. */
  readonly names: readonly string[];
  readonly onChange: (conditions: readonly Condition[]) => void;
}

/** Conditions that must all hold, a line for each; every line can be changed and taken away. */
export function ConditionLines({ conditions, names, onChange }: ConditionLinesProps) {
  const put = (index: number, ...next: readonly Condition[]) => onChange(conditions.toSpliced(index, 1, ...next));
  return conditions.map((condition, index) => (
    <ConditionLine
      // biome-ignore lint/suspicious/noArrayIndexKey: a line is nothing but its place among the others
      key={index}
      number={index + 1}
      names={names}
      condition={condition}
      onChange={(next) => put(index, next)}
      onRemove={() => put(index)}
    />
  ));
}
