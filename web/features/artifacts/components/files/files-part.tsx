import { useInfiniteQuery } from '@tanstack/react-query';
import { FileX, SearchX } from 'lucide-react';
import { DataTable } from '../../../../components/data-table.tsx';
import { Empty } from '../../../../components/empty.tsx';
import { ErrorPanel } from '../../../../components/error-panel.tsx';
import { MoreButton } from '../../../../components/more-button.tsx';
import { SearchBox } from '../../../../components/search-box.tsx';
import { useSettled } from '../../../../lib/use-settled.ts';
import type { VersionAddress } from '../../api/get-version.ts';
import { filesQuery } from '../../api/list-files.ts';
import { fileColumns } from './file-columns.tsx';
import styles from './files-part.module.css';
import { FolderPath } from './folder-path.tsx';
import { OpenFile } from './open-file.tsx';

/** What of the files is open. */
export interface FilesView {
  /** `data/train`; empty for the top. */
  readonly folder: string;
  /** Path of the file that is looked at. */
  readonly file: string | undefined;
  /** Part of the paths that are looked for, in all folders. */
  readonly find: string;
}

interface FilesPartProps {
  readonly address: VersionAddress;
  readonly view: FilesView;
  readonly onView: (part: Partial<FilesView>) => void;
}

/** The files of a version, folder by folder, and beside them the one that is looked at. */
export function FilesPart({ address, view, onView }: FilesPartProps) {
  const { folder, file, find } = view;
  const list = useInfiniteQuery(filesQuery(address, folder, useSettled(find)));
  return (
    <>
      <div className={styles.head}>
        <FolderPath
          top={`${address.collection}:${address.version}`}
          folder={folder}
          file={file}
          onOpen={(next) => onView({ folder: next, file: undefined, find: '' })}
        />
        <SearchBox label="Search files" value={find} onChange={(text) => onView({ find: text })} />
      </div>
      <div className={styles.columns} data-open={file !== undefined}>
        <div className={styles.list}>
          {list.error !== null && <ErrorPanel error={list.error} retry={list.refetch} />}
          {list.error === null && (
            <DataTable
              label={find === '' ? 'Files' : 'Files found'}
              columns={fileColumns({
                opened: file,
                onFolder: (path) => onView({ folder: path, file: undefined }),
                onFile: (path) => onView({ file: path === file ? undefined : path }),
              })}
              rows={list.data}
              keyOf={({ kind, path }) => `${kind} ${path}`}
              empty={find === '' ? <NoFiles /> : <NothingFound find={find} />}
            />
          )}
          <MoreButton list={list} />
        </div>
        {file !== undefined && (
          <div className={styles.preview}>
            <OpenFile key={file} address={address} path={file} onClose={() => onView({ file: undefined })} />
          </div>
        )}
      </div>
    </>
  );
}

function NoFiles() {
  return (
    <Empty icon={FileX} title="No files">
      Nothing lies here.
    </Empty>
  );
}

function NothingFound({ find }: { readonly find: string }) {
  return (
    <Empty icon={SearchX} title="No file matches">
      No path has “{find}” in it.
    </Empty>
  );
}
