import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './data-table.module.css';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  /** What stands at the head instead of the title, for instance a button that sorts by it. */
  readonly heading?: ReactNode;
  /** Whether and how the rows are sorted by it; absent where they cannot be. */
  readonly sorted?: 'ascending' | 'descending' | 'none';
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the right, digit below digit. */
  readonly numeric?: boolean;
  /** Takes what room there is. */
  readonly wide?: boolean;
  /** Has no words of its own on a narrow screen, for instance a switch or a menu. */
  readonly bare?: boolean;
  /** What can be done with a row: at its end, and the title is only heard. */
  readonly silent?: boolean;
}

interface DataTableProps<Row> {
  /** What the table holds, for whoever hears it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** `undefined` while they are loaded. */
  readonly rows: readonly Row[] | undefined;
  readonly keyOf: (row: Row) => string;
  /** What is shown instead of no rows. */
  readonly empty: ReactNode;
  /** What a row opens to, below it; nothing while it is closed. */
  readonly below?: (row: Row) => ReactNode;
}

const SKELETONS = 6;

/** A table that keeps its place while it loads, and becomes a list of cards on a narrow screen. */
export function DataTable<Row>({ label, columns, rows, keyOf, empty, below }: DataTableProps<Row>) {
  if (rows?.length === 0) return empty;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={styles.frame} aria-label={label} tabIndex={0}>
      <table className={styles.table} aria-busy={rows === undefined}>
        <caption className={styles.caption}>{label}</caption>
        <thead>
          <tr>
            {columns.map(({ key, title, heading, sorted, numeric, wide, silent }) => (
              <th key={key} scope="col" aria-sort={sorted} data-numeric={numeric} data-wide={wide} data-silent={silent}>
                {silent === true ? <span className={styles.heard}>{title}</span> : (heading ?? title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows === undefined
            ? Array.from({ length: SKELETONS }, (_, index) => <Placeholder key={String(index)} columns={columns} />)
            : rows.map((row) => <DataRow key={keyOf(row)} row={row} columns={columns} below={below?.(row)} />)}
        </tbody>
      </table>
    </section>
  );
}

interface DataRowProps<Row> {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly below: ReactNode;
}

function DataRow<Row>({ row, columns, below }: DataRowProps<Row>) {
  return (
    <>
      <tr>
        {columns.map(({ key, title, cell, numeric, bare, silent }) => (
          <td key={key} data-label={bare === true ? undefined : title} data-numeric={numeric} data-silent={silent}>
            {cell(row)}
          </td>
        ))}
      </tr>
      {below !== undefined && below !== null && below !== false && (
        <tr data-below="true">
          <td colSpan={columns.length}>{below}</td>
        </tr>
      )}
    </>
  );
}

function Placeholder<Row>({ columns }: { readonly columns: readonly Column<Row>[] }) {
  return (
    <tr>
      {columns.map(({ key, title, wide }) => (
        <td key={key} data-label={title}>
          <Skeleton height={12} width={wide === true ? '60%' : 64} radius="xl" />
        </td>
      ))}
    </tr>
  );
}
