import { Button, Menu } from '@mantine/core';
import { Download } from 'lucide-react';
import { addressOf } from '../../../lib/api/call.ts';
import { getEntityExecutionsExport } from '../../../lib/api/generated.ts';
import type { ExecutionFilter } from '../api/history-search.ts';

const FORMATS = { csv: 'CSV', jsonl: 'JSON Lines' } as const;

/** Downloads exactly what a filter finds, however much it is. */
export function ExportMenu({ entity, filter }: { readonly entity: string; readonly filter: ExecutionFilter }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Download size={15} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(FORMATS).map(([format, label]) => (
          <Menu.Item
            key={format}
            component="a"
            href={addressOf(getEntityExecutionsExport.path, { entity }, { ...filter, format })}
            download={`executions.${format}`}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
