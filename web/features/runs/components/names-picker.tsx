import { Button, Popover, TagsInput, Text } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { fieldWords, isField } from './field-words.ts';
import styles from './run-table.module.css';

interface NamesPickerProps {
  /** On the button. */
  readonly label: string;
  readonly icon: LucideIcon;
  /** Fields that are offered; others can be typed. */
  readonly names: readonly string[];
  readonly chosen: readonly string[];
  readonly most: number;
  /** What there is to know of the names. */
  readonly note: string;
  readonly onChoose: (names: readonly string[]) => void;
}

/** Chooses fields of runs, in an order. */
export function NamesPicker({ label, icon: Icon, names, chosen, most, note, onChoose }: NamesPickerProps) {
  const [unknown, setUnknown] = useState<string>();
  const choose = (next: readonly string[]) => {
    const odd = next.find((name) => !isField(name));
    setUnknown(odd);
    onChoose(next.filter(isField));
  };
  return (
    <Popover position="bottom-end" width={340} shadow="md" withinPortal={false} trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<Icon size={15} aria-hidden />}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <TagsInput
          label={label}
          description={note}
          placeholder={chosen.length === 0 ? 'Search, or type a field' : ''}
          data={[...names]}
          value={[...chosen]}
          maxTags={most}
          limit={100}
          error={
            unknown === undefined ? undefined : `Runs have no field ${unknown}: config. or summary. goes before it.`
          }
          onChange={choose}
          renderOption={({ option }) => (
            <Text size="sm" className={styles.option ?? ''}>
              {fieldWords(option.value)}
            </Text>
          )}
          comboboxProps={{ withinPortal: false }}
          withScrollArea={false}
          classNames={{ dropdown: styles.options ?? '' }}
          clearable
          data-autofocus
        />
      </Popover.Dropdown>
    </Popover>
  );
}
