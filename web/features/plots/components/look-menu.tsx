import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { LookFields, type LookFieldsProps } from './look-fields.tsx';
import styles from './plots.module.css';

interface LookMenuProps extends Omit<LookFieldsProps, 'children'> {
  /** Of one plot; absent: of all. */
  readonly metric?: string;
  /** Takes away what a plot has of its own; absent where it has nothing. */
  readonly onReset?: (() => void) | undefined;
}

/** How plots are drawn, behind a button. */
export function LookMenu({ metric, onReset, ...fields }: LookMenuProps) {
  const label = `Settings of ${metric ?? 'all plots'}`;
  const [isOpen, setOpen] = useState(false);
  const toggle = () => setOpen(!isOpen);
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      width={248}
      shadow="md"
      trapFocus
      returnFocus
      withinPortal={false}
    >
      <Popover.Target>
        {metric === undefined ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<SlidersHorizontal size={14} aria-hidden />}
            onClick={toggle}
          >
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
              onClick={toggle}
            >
              <SlidersHorizontal size={15} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <LookFields {...fields}>
          {onReset !== undefined && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              onClick={() => {
                onReset();
                // the button goes, and whoever pressed it must not be left without a focus
                setOpen(false);
              }}
            >
              As all others
            </Button>
          )}
        </LookFields>
      </Popover.Dropdown>
    </Popover>
  );
}
