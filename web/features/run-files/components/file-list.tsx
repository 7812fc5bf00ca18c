import { UnstyledButton } from '@mantine/core';
import { ChevronRight, File, FileChartColumn, FileText, Folder, Image, type LucideIcon } from 'lucide-react';
import { previewKind } from '../../../components/preview/preview-kind.ts';
import { Time } from '../../../components/time.tsx';
import { bytesText } from '../../../lib/bytes.ts';
import { count } from '../../../lib/words.ts';
import type { RunFile } from '../api/list-files.ts';
import styles from './files.module.css';

interface FileListProps {
  readonly rows: readonly RunFile[];
  /** The folder that they lie in; empty where names are told whole. */
  readonly folder: string;
  /** The file that is shown. */
  readonly chosen: string | undefined;
  readonly onFolder: (folder: string) => void;
  readonly onFile: (name: string) => void;
}

/** Folders and files, one below the other. */
export function FileList({ rows, folder, chosen, onFolder, onFile }: FileListProps) {
  return (
    <ul className={styles.list} aria-label={folder === '' ? 'Files' : `Files of ${folder}`}>
      {rows.map((row) => (
        <li key={row.name}>
          <UnstyledButton
            className={styles.row ?? ''}
            aria-current={row.name === chosen ? 'true' : undefined}
            onClick={() => (row.kind === 'folder' ? onFolder(row.name) : onFile(row.name))}
          >
            <RowIcon row={row} />
            <span className={styles.name}>{folder === '' ? row.name : row.name.slice(folder.length + 1)}</span>
            <span className={styles.hint}>
              {row.kind === 'folder' && `${count(row.files, 'file')}, `}
              {bytesText(row.size)}, <Time at={row.updatedAt} />
            </span>
            {row.kind === 'folder' && <ChevronRight size={15} aria-hidden className={styles.open} />}
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

const ICONS: Readonly<Record<ReturnType<typeof previewKind>, LucideIcon>> = {
  image: Image,
  table: FileChartColumn,
  csv: FileChartColumn,
  json: FileText,
  markdown: FileText,
  text: File,
};

function RowIcon({ row }: { readonly row: RunFile }) {
  const Icon = row.kind === 'folder' ? Folder : ICONS[previewKind(row.name)];
  return <Icon size={16} strokeWidth={1.75} aria-hidden className={styles.icon} data-kind={row.kind} />;
}
