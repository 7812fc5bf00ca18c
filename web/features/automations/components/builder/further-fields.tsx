import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { Braces, Plus } from 'lucide-react';
import { useState } from 'react';
import { ConditionLines } from '../../../../components/condition-lines.tsx';
import { ANY } from '../../../../lib/conditions.ts';
import styles from './builder.module.css';
import { fieldsOf } from './conditions.ts';
import type { EventType, Further } from './draft.ts';
import { lintFilter } from './lint-filter.ts';

interface FurtherFieldsProps {
  readonly type: EventType;
  readonly further: Further;
  readonly placeholder: string;
  readonly error: string | undefined;
  readonly onChange: (part: Partial<Further>) => void;
}

/** What is asked besides: lines that must all hold, and a filter in JSON for what no line can say. */
export function FurtherFields({ type, further, placeholder, error, onChange }: FurtherFieldsProps) {
  const { conditions, advanced } = further;
  const [opened, setOpened] = useState(false);
  const isWritten = opened || advanced !== '';
  const names = fieldsOf(type).names;
  return (
    <Stack gap="xs">
      <ConditionLines conditions={conditions} names={names} onChange={(next) => onChange({ conditions: [...next] })} />
      {isWritten && (
        <Textarea
          className={styles.code}
          label="Advanced filter (JSON)"
          description="In the manner of MongoDB, as the wandb client writes it; holds besides what stands above."
          placeholder={placeholder}
          rows={4}
          spellCheck={false}
          value={advanced}
          error={error ?? lintFilter(type, advanced)}
          onChange={({ currentTarget }) => onChange({ advanced: currentTarget.value })}
        />
      )}
      {!isWritten && error !== undefined && (
        <Text size="xs" c="var(--bad)" role="alert">
          {error}
        </Text>
      )}
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => onChange({ conditions: [...conditions, ANY] })}
        >
          Add condition
        </Button>
        {!isWritten && (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<Braces size={14} aria-hidden />}
            onClick={() => setOpened(true)}
          >
            Write JSON
          </Button>
        )}
      </Group>
    </Stack>
  );
}
