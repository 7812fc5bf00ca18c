import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ListFilter, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { ConditionLines } from '../../../components/condition-lines.tsx';
import { ANY, type Condition, lackOf, OPERATORS } from '../../../lib/conditions.ts';
import { fieldWords, isField } from './field-words.ts';
import { filterOf, linesOf, type RunFilter } from './run-filter-lines.ts';
import styles from './run-table.module.css';

interface RunFilterBarProps {
  readonly filter: RunFilter | undefined;
  /** Fields that can be asked for. */
  readonly names: readonly string[];
  readonly onFilter: (filter: RunFilter | undefined) => void;
}

/** The conditions of a list of runs: each can be taken away, and all be edited. */
export function RunFilterBar({ filter, names, onFilter }: RunFilterBarProps) {
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
      {conditions.map((condition, index) => (
        <Chip key={wordsOf(condition)} words={wordsOf(condition)} onRemove={() => without(index)} />
      ))}
      {rest.length > 0 && (
        <Chip words={JSON.stringify(rest)} onRemove={() => onFilter(filterOf({ conditions, rest: [] }))} />
      )}
      {opened && (
        <Lines
          names={names}
          begun={conditions.length === 0 ? [ANY] : conditions}
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
    <span className={styles.chip}>
      <span className={styles.words} title={words}>
        {words}
      </span>
      <ActionIcon size="xs" variant="subtle" color="gray" aria-label={`Take away: ${words}`} onClick={onRemove}>
        <X size={12} aria-hidden />
      </ActionIcon>
    </span>
  );
}

function wordsOf({ field, operator, value }: Condition): string {
  const name = fieldWords(field);
  if (operator === '$exists') return `${name} is ${value === 'false' ? 'not ' : ''}there`;
  return `${name} ${OPERATORS[operator]} ${value}`;
}

interface LinesProps {
  readonly names: readonly string[];
  readonly begun: readonly Condition[];
  readonly onApply: (conditions: readonly Condition[]) => void;
  readonly onCancel: () => void;
}

function Lines({ names, begun, onApply, onCancel }: LinesProps) {
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

function faultOf(condition: Condition): string | undefined {
  const lack = lackOf(condition);
  if (lack !== undefined || isField(condition.field.trim())) return lack;
  return `Runs have no field ${condition.field}: those of a config or a summary begin with config. or summary.`;
}
