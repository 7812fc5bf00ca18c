import { type ReactNode, useMemo } from 'react';
import type { Json } from '../../../src/model/json.ts';
import { JsonTree } from '../json-tree/json-tree.tsx';
import { Markdown } from '../markdown/markdown.tsx';
import { parseCutJson } from './cut-json.ts';
import { Note } from './note.tsx';
import styles from './preview.module.css';
import { previewKind } from './preview-kind.ts';
import { type FileTable, tableOfCsv, tableOfJson } from './table-of.ts';
import { TablePreview } from './table-preview.tsx';
import { TextPreview } from './text-preview.tsx';

interface StartPreviewProps {
  readonly name: string;
  /** The start of the file. */
  readonly text: string;
  readonly isCut: boolean;
  readonly pictureOf: ((path: string) => ReactNode) | undefined;
}

/** The text of a file, laid out as what it is; what is not what its name says stays text. */
export function StartPreview({ name, text, isCut, pictureOf }: StartPreviewProps) {
  const content = useMemo(() => contentOf(name, text, isCut), [name, text, isCut]);
  switch (content.kind) {
    case 'table':
      return content.table.columns.length === 0 ? (
        <Note>The table has no columns.</Note>
      ) : (
        <TablePreview label={`Table ${name}`} table={content.table} pictureOf={pictureOf} />
      );
    case 'json':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className={styles.scroll} aria-label={`Content of ${name}`} tabIndex={0}>
          <JsonTree label={name} value={content.value} />
        </section>
      );
    case 'markdown':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className={styles.document} aria-label={`Content of ${name}`} tabIndex={0}>
          <Markdown text={text} />
        </section>
      );
    case 'text':
      return <TextPreview label={`Content of ${name}`} text={text} />;
  }
}

type Content =
  | { readonly kind: 'table'; readonly table: FileTable }
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'markdown' | 'text' };

function contentOf(name: string, text: string, isCut: boolean): Content {
  switch (previewKind(name)) {
    case 'table': {
      const table = tableOfJson(text, isCut);
      return table === undefined ? jsonOf(text, isCut) : { kind: 'table', table };
    }
    case 'csv':
      return { kind: 'table', table: tableOfCsv(name, text, isCut) };
    case 'json':
      return jsonOf(text, isCut);
    case 'markdown':
      return { kind: 'markdown' };
    case 'image':
    case 'text':
      return { kind: 'text' };
  }
}

function jsonOf(text: string, isCut: boolean): Content {
  const value = parseCutJson(text, isCut);
  return value === undefined ? { kind: 'text' } : { kind: 'json', value };
}
