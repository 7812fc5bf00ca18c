import { Button, Menu } from '@mantine/core';
import { Check, Columns3 } from 'lucide-react';
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
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<Columns3 size={14} aria-hidden />}>
          Metrics
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.list ?? ''}>
        {names.map((name) => (
          <Menu.Item
            key={name}
            role="menuitemcheckbox"
            aria-checked={chosen.includes(name)}
            leftSection={<Check size={14} aria-hidden className={styles.check} />}
            onClick={() => toggle(name)}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
