import { Button, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { FileX, Trash2 } from 'lucide-react';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { FilePreview } from '../../../components/preview/file-preview.tsx';
import { Thumb } from '../../../components/preview/thumb.tsx';
import { doAndLeave } from '../../../lib/do-and-leave.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';
import { tellDone } from '../../../lib/notices.ts';
import { useDeleteFile } from '../api/delete-file.ts';
import { fileAddress, type RunFile, runFileQuery } from '../api/list-files.ts';

interface ShownFileProps {
  readonly place: RunPlace;
  readonly name: string;
  /** As the list tells it; a file that an address names may lie elsewhere. */
  readonly listed: RunFile | undefined;
  readonly mayDelete: boolean;
  readonly onGone: () => void;
}

/** What a file of a run holds, and what can be done with it. */
export function ShownFile({ place, name, listed, mayDelete, onGone }: ShownFileProps) {
  const { data, error, refetch } = useQuery({ ...runFileQuery(place, name), enabled: listed === undefined });
  if (error !== null && listed === undefined) return <ErrorPanel error={error} retry={refetch} />;
  const file = listed ?? data;
  if (file === undefined) return <Skeleton height={320} />;
  if (file === null) {
    return (
      <Empty icon={FileX} title="This file is not there">
        The run has no file {name}. It may have been deleted, or not be uploaded yet.
      </Empty>
    );
  }
  return (
    <FilePreview
      name={name}
      size={file.size}
      // a browser asks without what stands behind the sign: it tells one content of the file from another
      url={`${fileAddress(place, name)}#${file.updatedAt}`}
      pictureOf={(path) => <Thumb path={path} url={fileAddress(place, path)} />}
      actions={mayDelete && <DeleteFile place={place} name={name} onGone={onGone} />}
    />
  );
}

function DeleteFile({ place, name, onGone }: Pick<ShownFileProps, 'place' | 'name' | 'onGone'>) {
  const [opened, { open, close }] = useDisclosure(false);
  const deletion = useDeleteFile(place);
  const remove = () => doAndLeave(deletion, name, { tell: () => tellDone(`${name} is deleted.`), leave: onGone });
  return (
    <>
      <Button size="compact-sm" variant="default" leftSection={<Trash2 size={14} aria-hidden />} onClick={open}>
        Delete
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title="Delete this file?"
        confirm="Delete file"
        keep="Keep it"
        pending={deletion.isPending}
        onConfirm={remove}
      >
        {name} is removed from the run for good. What was logged to artifacts stays there.
      </ConfirmDialog>
    </>
  );
}
