import { Button, Menu } from '@mantine/core';
import { Columns3 } from 'lucide-react';
import styles from './metric-picker.module.css';

interface MetricPickerProps {
  /** Names that there are, the most frequent first. */
  readonly names: readonly string[];
  readonly chosen: readonly string[];
  readonly onChoose: (names: readonly string[]) => void;
}

/** Chooses the metrics that have a column. */
export function MetricPicker({ names, chosen, onChoose }: MetricPickerProps) {
  if (names.length === 0) return null;
  const toggle = (name: string) =>
    onChoose(names.filter((each) => (each === name ? !chosen.includes(each) : chosen.includes(each))));
  return (
    <Menu position="bottom-end" closeOnItemClick={false} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<Columns3 size={14} aria-hidden />}>
          Metrics
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.list ?? ''}>
        {names.map((name) => (
          <Menu.CheckboxItem key={name} checked={chosen.includes(name)} onChange={() => toggle(name)}>
            {name}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
