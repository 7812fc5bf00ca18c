import { Button, Menu } from '@mantine/core';
import { Download } from 'lucide-react';

const FORMATS = { csv: 'CSV', jsonl: 'JSON Lines' } as const;

interface ExportMenuProps {
  /** Of the file, without its ending. */
  readonly name: string;
  /** Where a format of it is got. */
  readonly address: (format: keyof typeof FORMATS) => string;
}

/** Downloads exactly what a list's conditions find, however much it is. */
export function ExportMenu({ name, address }: ExportMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Download size={15} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['csv', 'jsonl'] as const).map((format) => (
          <Menu.Item key={format} component="a" href={address(format)} download={`${name}.${format}`}>
            {FORMATS[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
