import { Braces } from 'lucide-react';
import { metricText } from '../lib/words.ts';
import { DataTable } from './data-table.tsx';
import { Empty } from './empty.tsx';

interface ValueTableProps {
  readonly label: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Said where there are none. */
  readonly nothing: string;
}

/** Names and values: a run's config or summary, a version's metadata. */
export function ValueTable({ label, values, nothing }: ValueTableProps) {
  const rows = Object.entries(values).filter(([name]) => !name.startsWith('_'));
  const empty = (
    <Empty icon={Braces} title={`No ${label.toLowerCase()}`}>
      {nothing}
    </Empty>
  );
  return (
    <DataTable
      label={label}
      columns={[
        { key: 'name', title: 'Name', wide: true, cell: ([name]) => name },
        { key: 'value', title: 'Value', bare: true, cell: ([, value]) => <code>{valueText(value)}</code> },
      ]}
      rows={rows}
      keyOf={([name]) => name}
      empty={empty}
    />
  );
}

const LONGEST = 120;

function valueText(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return metricText(value);
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
