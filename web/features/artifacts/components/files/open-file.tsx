import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FileX } from 'lucide-react';
import { Empty } from '../../../../components/empty.tsx';
import { ErrorPanel } from '../../../../components/error-panel.tsx';
import { Facts } from '../../../../components/facts.tsx';
import { FilePreview } from '../../../../components/preview/file-preview.tsx';
import { bytesText } from '../../../../lib/bytes.ts';
import type { VersionAddress } from '../../api/get-version.ts';
import { fileQuery } from '../../api/list-files.ts';
import { TablePicture } from './table-picture.tsx';

interface OpenFileProps {
  readonly address: VersionAddress;
  readonly path: string;
  readonly onClose: () => void;
}

/** The file that is looked at: what it holds; of a reference, where it leads to. */
export function OpenFile({ address, path, onClose }: OpenFileProps) {
  const { data: file, error, refetch } = useQuery(fileQuery(address, path));
  const close = (
    <Button size="compact-sm" variant="default" onClick={onClose}>
      Close
    </Button>
  );
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  if (file === undefined) return <Skeleton height={160} radius="lg" />;
  if (file === null) {
    return (
      <Empty icon={FileX} title="No such file" action={close}>
        This version has no file {path}.
      </Empty>
    );
  }
  if (file.url === null) {
    return (
      <Facts
        facts={[
          ['Reference', file.path],
          ['Leads to', <code key="ref">{file.ref}</code>],
          ['Digest', <code key="digest">{file.digest}</code>],
          ['Size', bytesText(file.size)],
        ]}
      />
    );
  }
  return (
    <FilePreview
      name={file.path}
      size={file.size}
      url={file.url}
      actions={close}
      pictureOf={(picture) => <TablePicture address={address} path={picture} />}
    />
  );
}
