import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Json } from '../../../src/model/json.ts';
import styles from './preview.module.css';
import type { FileTable } from './table-of.ts';
import { pathOfMedia, valueText } from './value-text.ts';

const ROWS = 100;
const COLUMNS = 100;
/** Characters of a cell; the whole is on hover. */
const LONGEST = 200;

interface TablePreviewProps {
  readonly label: string;
  readonly table: FileTable;
  /** Shows the picture that a cell names. */
  readonly pictureOf?: ((path: string) => ReactNode) | undefined;
}

/** A table of a file, a hundred rows at a time. */
export function TablePreview({ label, table: { columns, rows }, pictureOf }: TablePreviewProps) {
  const [shown, setShown] = useState(ROWS);
  // names may be there twice
  const names = columns.slice(0, COLUMNS).map((name, at) => ({ key: String(at), name, at }));
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={styles.scroll} aria-label={label} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">#</th>
              {names.map(({ key, name, at }) => (
                <th key={key} scope="col" data-numeric={isNumeric(rows, at)}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row, index) => (
              <tr key={String(index)}>
                <th scope="row">{index + 1}</th>
                {names.map(({ key, at }) => (
                  <TableCell key={key} value={row[at] ?? null} pictureOf={pictureOf} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <footer className={styles.foot}>
        <span>{countsOf(columns.length, rows.length, Math.min(shown, rows.length))}</span>
        {shown < rows.length && (
          <Button size="compact-sm" variant="default" onClick={() => setShown(shown + ROWS)}>
            Show {Math.min(ROWS, rows.length - shown)} more
          </Button>
        )}
      </footer>
    </>
  );
}

function TableCell({ value, pictureOf }: { readonly value: Json } & Pick<TablePreviewProps, 'pictureOf'>) {
  const path = pathOfMedia(value);
  if (path !== undefined && pictureOf !== undefined) return <td>{pictureOf(path)}</td>;
  const text = valueText(value);
  return (
    <td
      data-numeric={typeof value === 'number'}
      data-none={value === null}
      {...(text.length > LONGEST ? { title: text } : {})}
    >
      {text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}
    </td>
  );
}

/** Whether a column holds numbers, by the first row that holds anything there. */
function isNumeric(rows: FileTable['rows'], at: number): boolean {
  const first = rows.find((row) => row[at] !== null && row[at] !== undefined);
  return typeof first?.[at] === 'number';
}

function countsOf(columns: number, rows: number, shown: number): string {
  const of = shown < rows ? `${shown.toLocaleString('en')} of ${rows.toLocaleString('en')}` : rows.toLocaleString('en');
  const wide = columns > COLUMNS ? `, ${COLUMNS} of ${columns.toLocaleString('en')} columns` : '';
  return `${of} ${rows === 1 ? 'row' : 'rows'}${wide}`;
}
