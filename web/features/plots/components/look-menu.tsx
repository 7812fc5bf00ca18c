import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { SlidersHorizontal } from 'lucide-react';
import { LookFields } from './look-fields.tsx';
import type { PlotLook } from './plot-settings.ts';
import styles from './plots.module.css';

interface LookMenuProps {
  /** Of one plot; absent: of all. */
  readonly metric?: string;
  readonly look: PlotLook;
  readonly metrics: readonly string[];
  readonly onChange: (look: PlotLook) => void;
  /** Takes away what a plot has of its own; absent where it has nothing. */
  readonly onReset?: (() => void) | undefined;
}

/** How plots are drawn, behind a button. */
export function LookMenu({ metric, look, metrics, onChange, onReset }: LookMenuProps) {
  const label = `Settings of ${metric ?? 'all plots'}`;
  return (
    <Popover position="bottom-end" width={248} shadow="md" trapFocus returnFocus withinPortal={false}>
      <Popover.Target>
        {metric === undefined ? (
          <Button size="xs" variant="default" leftSection={<SlidersHorizontal size={14} aria-hidden />}>
            Settings
          </Button>
        ) : (
          <Tooltip label={label} withinPortal={false}>
            <ActionIcon
              className={styles.tool ?? ''}
              data-on={onReset !== undefined}
              variant="subtle"
              color="gray"
              aria-label={label}
            >
              <SlidersHorizontal size={15} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <LookFields look={look} metrics={metrics} onChange={onChange}>
          {onReset !== undefined && (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={onReset}>
              As all others
            </Button>
          )}
        </LookFields>
      </Popover.Dropdown>
    </Popover>
  );
}
