import { Button, Menu } from '@mantine/core';
import { ListChecks } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ExecutionFilter } from '../api/history-search.ts';
import type { Deed } from '../api/steer-execution.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { DEED_NAMES, DEEDS } from './deed-words.ts';

/** What can be done to all that a filter finds. */
export function BulkMenu({ entity, filter }: { readonly entity: string; readonly filter: ExecutionFilter }) {
  const [chosen, choose] = useState<Deed>();
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button ref={button} variant="default" leftSection={<ListChecks size={15} aria-hidden />}>
            All of these
          </Button>
        </Menu.Target>
        {/* the dialog gives the focus back to where it was: the item will be gone by then */}
        <Menu.Dropdown onClickCapture={() => button.current?.focus()}>
          {DEED_NAMES.map((deed) => {
            const { many, icon: Icon } = DEEDS[deed];
            return (
              <Menu.Item key={deed} leftSection={<Icon size={15} aria-hidden />} onClick={() => choose(deed)}>
                {many}…
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
      {chosen !== undefined && (
        <BulkDialog entity={entity} deed={chosen} filter={filter} onClose={() => choose(undefined)} />
      )}
    </>
  );
}
