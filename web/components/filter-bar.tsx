import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ListFilter, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { ANY, type Condition, OPERATORS } from '../lib/conditions.ts';
import { type FilterTree, filterOf, linesOf } from '../lib/filter-lines.ts';
import chip from './chip.module.css';
import { ConditionLines } from './condition-lines.tsx';
import styles from './filter-bar.module.css';

interface FilterBarProps {
  readonly filter: FilterTree | undefined;
  /** Fields that can be asked for. */
  readonly names: readonly string[];
  /** A field as people read it. */
  readonly fieldWords: (field: string) => string;
  /** What a line lacks, or asks for in vain, as a sentence. */
  readonly faultOf: (condition: Condition) => string | undefined;
  readonly onFilter: (filter: FilterTree | undefined) => void;
}

/** The conditions of a list, among what else stands above it: each can be taken away, and all be edited. */
export function FilterBar({ filter, names, fieldWords, faultOf, onFilter }: FilterBarProps) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const { conditions, rest } = linesOf(filter);
  const without = (index: number) => onFilter(filterOf({ conditions: conditions.toSpliced(index, 1), rest }));
  return (
    <>
      <Button
        variant="default"
        leftSection={<ListFilter size={15} aria-hidden />}
        aria-expanded={opened}
        onClick={toggle}
      >
        Filter
      </Button>
      {conditions.map((condition, index) => {
        const words = wordsOf(condition, fieldWords);
        return <Chip key={words} words={words} onRemove={() => without(index)} />;
      })}
      {rest.length > 0 && (
        <Chip words={JSON.stringify(rest)} onRemove={() => onFilter(filterOf({ conditions, rest: [] }))} />
      )}
      {opened && (
        <Lines
          names={names}
          begun={conditions.length === 0 ? [ANY] : conditions}
          faultOf={faultOf}
          onCancel={close}
          onApply={(next) => {
            onFilter(filterOf({ conditions: next, rest }));
            close();
          }}
        />
      )}
    </>
  );
}

function Chip({ words, onRemove }: { readonly words: string; readonly onRemove: () => void }) {
  return (
    <span className={chip.chip}>
      <span className={chip.words} title={words}>
        {words}
      </span>
      <ActionIcon size="xs" variant="subtle" color="gray" aria-label={`Take away: ${words}`} onClick={onRemove}>
        <X size={12} aria-hidden />
      </ActionIcon>
    </span>
  );
}

function wordsOf({ field, operator, value }: Condition, fieldWords: (field: string) => string): string {
  const name = fieldWords(field);
  if (operator === '$exists') return `${name} is ${value === 'false' ? 'not ' : ''}there`;
  return `${name} ${OPERATORS[operator]} ${value}`;
}

interface LinesProps extends Pick<FilterBarProps, 'names' | 'faultOf'> {
  readonly begun: readonly Condition[];
  readonly onApply: (conditions: readonly Condition[]) => void;
  readonly onCancel: () => void;
}

function Lines({ names, begun, faultOf, onApply, onCancel }: LinesProps) {
  const [conditions, setConditions] = useState(begun);
  const [fault, setFault] = useState<string>();
  const apply = () => {
    const found = conditions.map(faultOf).find((each) => each !== undefined);
    setFault(found);
    if (found === undefined) onApply(conditions);
  };
  return (
    <form
      className={styles.panel}
      aria-label="Conditions"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <Stack gap="xs">
        <ConditionLines conditions={conditions} names={names} onChange={setConditions} />
        {fault !== undefined && (
          <Text size="xs" c="var(--bad)" role="alert">
            {fault}
          </Text>
        )}
        <Group gap="xs" justify="space-between">
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() => setConditions([...conditions, ANY])}
          >
            Add condition
          </Button>
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={onCancel}>
              Cancel
            </Button>
            <Button size="xs" type="submit">
              Show these
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
