import { Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { FileSearch, FolderOpen } from 'lucide-react';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { NothingFound } from '../../../components/nothing-found.tsx';
import { SearchBox } from '../../../components/search-box.tsx';
import { bytesText } from '../../../lib/bytes.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';
import { useSettled } from '../../../lib/use-settled.ts';
import { count } from '../../../lib/words.ts';
import { runFilesQuery } from '../api/list-files.ts';
import { FileList } from './file-list.tsx';
import styles from './files.module.css';
import { FolderCrumbs } from './folder-crumbs.tsx';
import { ShownFile } from './shown-file.tsx';

/** What of the files the address says. */
export interface FilesAt {
  readonly folder: string;
  readonly search: string;
  /** The one that is shown. */
  readonly file: string | undefined;
}

interface RunFilesProps {
  readonly place: RunPlace;
  readonly at: FilesAt;
  readonly onChange: (at: FilesAt) => void;
  /** The run goes on. */
  readonly live: boolean;
  readonly mayDelete: boolean;
}

/** The files of a run, folder by folder, and what one of them holds. */
export function RunFiles({ place, at, onChange, live, mayDelete }: RunFilesProps) {
  const search = useSettled(at.search);
  const list = useInfiniteQuery(runFilesQuery(place, { folder: at.folder, search }, live));
  const { data, error, refetch } = list;
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  const { rows, total } = data ?? {};
  if (total?.files === 0) return <NoFiles live={live} />;
  const shown = rows?.find(({ name, kind }) => kind === 'file' && name === at.file);
  const onFolder = (folder: string) => onChange({ folder, search: '', file: undefined });
  return (
    <>
      <search className={styles.head}>
        <SearchBox label="Search files" value={at.search} onChange={(text) => onChange({ ...at, search: text })} />
        <span className={styles.total}>
          {total !== undefined && `${count(total.files, 'file')}, ${bytesText(total.size)}`}
        </span>
      </search>
      <div className={styles.columns} data-open={at.file !== undefined}>
        <div className={styles.files}>
          {search === '' && <FolderCrumbs folder={at.folder} onFolder={onFolder} />}
          {rows === undefined ? (
            <Skeleton height={220} />
          ) : (
            <FileList
              rows={rows}
              folder={search === '' ? at.folder : ''}
              chosen={at.file}
              onFolder={onFolder}
              onFile={(file) => onChange({ ...at, file })}
            />
          )}
          {rows?.length === 0 && <NothingHere at={at} onChange={onChange} />}
          <MoreButton list={list} />
        </div>
        <div className={styles.shown}>
          {at.file === undefined ? (
            <NoneChosen />
          ) : (
            <ShownFile
              key={at.file}
              place={place}
              name={at.file}
              listed={shown}
              mayDelete={mayDelete}
              onGone={() => onChange({ ...at, file: undefined })}
            />
          )}
        </div>
      </div>
    </>
  );
}

function NoneChosen() {
  return (
    <Empty icon={FileSearch} title="No file is open">
      Choose one to see what it holds: text, JSON, tables and pictures are shown here.
    </Empty>
  );
}

function NothingHere({ at, onChange }: Pick<RunFilesProps, 'at' | 'onChange'>) {
  return at.search === '' ? (
    <p className={styles.nothing}>There is nothing in this folder.</p>
  ) : (
    <NothingFound title="No file is called that" clear={() => onChange({ ...at, search: '' })}>
      The search looks at names, folders included.
    </NothingFound>
  );
}

function NoFiles({ live }: { readonly live: boolean }) {
  return (
    <Empty icon={FolderOpen} title="No files yet">
      {live
        ? 'What the client uploads for this run appears here: its requirements, pictures and tables that it logs, what you save by run.save().'
        : 'The client uploaded nothing for this run.'}
    </Empty>
  );
}
