import { ActionIcon, Tooltip } from '@mantine/core';
import { Download, ExternalLink, File, Folder } from 'lucide-react';
import type { Column } from '../../../../components/data-table.tsx';
import { bytesText } from '../../../../lib/bytes.ts';
import { count } from '../../../../lib/words.ts';
import type { ArtifactFile, ArtifactFolder } from '../../api/list-files.ts';
import styles from './files-part.module.css';

type Entry = ArtifactFile | ArtifactFolder;

interface FileDeeds {
  /** Path of the file that is looked at. */
  readonly opened: string | undefined;
  readonly onFolder: (path: string) => void;
  readonly onFile: (path: string) => void;
}

/** Folders with what they hold, files with their bytes, references with where they lead to; only names beside a file. */
export function fileColumns(deeds: FileDeeds): Column<Entry>[] {
  return deeds.opened === undefined ? [nameColumn(deeds), ...FACTS] : [nameColumn(deeds)];
}

function nameColumn({ opened, onFolder, onFile }: FileDeeds): Column<Entry> {
  return {
    key: 'name',
    title: 'Name',
    wide: true,
    cell: (entry) => {
      const Icon = entry.kind === 'folder' ? Folder : entry.ref === null ? File : ExternalLink;
      const open = entry.kind === 'folder' ? onFolder : onFile;
      const isOpen = entry.kind === 'file' && entry.path === opened;
      return (
        <button
          type="button"
          className={styles.entry}
          data-open={isOpen}
          {...(entry.kind === 'file' ? { 'aria-expanded': isOpen } : {})}
          onClick={() => open(entry.path)}
        >
          <Icon size={16} aria-hidden />
          {entry.name}
        </button>
      );
    },
  };
}

const FACTS: readonly Column<Entry>[] = [
  {
    key: 'holds',
    title: 'Holds or leads to',
    bare: true,
    cell: (entry) => {
      if (entry.kind === 'folder') return count(entry.files, 'file');
      return entry.ref !== null && <span className={styles.ref}>{entry.ref}</span>;
    },
  },
  {
    key: 'digest',
    title: 'Digest',
    cell: (entry) => entry.kind === 'file' && <span className={styles.digest}>{shortDigest(entry.digest)}</span>,
  },
  { key: 'size', title: 'Size', numeric: true, cell: ({ size }) => bytesText(size) },
  {
    key: 'download',
    title: 'Download',
    bare: true,
    silent: true,
    cell: (entry) => entry.kind === 'file' && entry.url !== null && <DownloadLink file={entry} url={entry.url} />,
  },
];

const SHOWN = 12;

function shortDigest(digest: string): string {
  return digest.length > SHOWN ? `${digest.slice(0, SHOWN)}…` : digest;
}

function DownloadLink({ file, url }: { readonly file: ArtifactFile; readonly url: string }) {
  return (
    <Tooltip label="Download">
      <ActionIcon
        component="a"
        href={url}
        download={file.name.split('/').at(-1) ?? file.name}
        variant="subtle"
        color="gray"
        aria-label={`Download ${file.name}`}
      >
        <Download size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
