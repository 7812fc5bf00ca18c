import { ActionIcon, Menu } from '@mantine/core';
import { Ellipsis } from 'lucide-react';
import { type ReactNode, useRef } from 'react';

/** What can be done with the thing of a row, behind three dots. */
export function RowMenu({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const dots = useRef<HTMLButtonElement>(null);
  return (
    // fixed, so that the frame of a table does not cut it off; within the page, so that it is in a landmark
    <Menu
      position="bottom-end"
      shadow="md"
      withinPortal={false}
      floatingStrategy="fixed"
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <ActionIcon ref={dots} variant="subtle" color="gray" aria-label={label}>
          <Ellipsis size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      {/* a dialog that opens gives the focus back to where it was: the item will be gone by then */}
      <Menu.Dropdown onClickCapture={() => dots.current?.focus()}>{children}</Menu.Dropdown>
    </Menu>
  );
}
