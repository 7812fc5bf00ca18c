import { Button, CopyButton, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Check, Copy, Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { bytesText } from '../../lib/bytes.ts';
import { ErrorPanel } from '../error-panel.tsx';
import { ImagePreview } from './image-preview.tsx';
import { Note } from './note.tsx';
import styles from './preview.module.css';
import { previewKind } from './preview-kind.ts';
import { PREVIEWED, readStart } from './read-start.ts';
import { StartPreview } from './start-preview.tsx';

export interface FilePreviewProps {
  /** With its folders; decides how the file is shown. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /**
   * Where this server answers with the bytes, also with a range of them. It changes with the content, or whoever shows
   * the preview gives it another `key`.
   */
  readonly url: string;
  /** Where a file lies that this one names by its path, for instance a picture of a table. */
  readonly pictureOf?: (path: string) => ReactNode;
  /** What else can be done with the file, beside its download. */
  readonly actions?: ReactNode;
}

/**
 * What a file holds: text, JSON, tables and pictures, of all but pictures the first MiB. Nothing that is in it is ever
 * run by the browser: it is shown as text that we lay out, or as a picture.
 */
export function FilePreview({ name, size, url, pictureOf, actions }: FilePreviewProps) {
  const isImage = previewKind(name) === 'image';
  const { data, error, refetch } = useQuery({
    queryKey: ['file', url, size],
    queryFn: ({ signal }) => readStart(url, size, signal),
    enabled: !isImage,
  });
  return (
    <section className={styles.preview} aria-label={`Preview of ${name}`}>
      <header className={styles.head}>
        <span className={styles.name}>{name}</span>
        <span className={styles.size}>{bytesText(size)}</span>
        <div className={styles.actions}>
          {data?.text !== undefined && data.text !== '' && <CopyText text={data.text} />}
          <Button
            component="a"
            href={url}
            download={name.split('/').at(-1) ?? name}
            size="compact-sm"
            variant="default"
            leftSection={<Download size={14} aria-hidden />}
          >
            Download
          </Button>
          {actions}
        </div>
      </header>
      {data?.text !== undefined && data.isCut && (
        <p className={styles.cut}>
          The first {bytesText(PREVIEWED)} of {bytesText(size)}: download the file for the rest.
        </p>
      )}
      {error !== null && <ErrorPanel error={error} retry={() => void refetch()} />}
      {isImage && <ImagePreview name={name} size={size} url={url} />}
      {!isImage && error === null && data === undefined && <Loading />}
      {data !== undefined && error === null && <Content name={name} {...data} pictureOf={pictureOf} />}
    </section>
  );
}

interface ContentProps {
  readonly name: string;
  readonly text: string | undefined;
  readonly isCut: boolean;
  readonly pictureOf: FilePreviewProps['pictureOf'];
}

function Content({ name, text, isCut, pictureOf }: ContentProps) {
  if (text === undefined) return <Note>This kind of file is not shown here. Download it to look at it.</Note>;
  if (text === '') return <Note>The file is empty.</Note>;
  return <StartPreview name={name} text={text} isCut={isCut} pictureOf={pictureOf} />;
}

function Loading() {
  return (
    <div className={styles.loading} aria-busy>
      {['70%', '45%', '60%', '30%', '52%'].map((width) => (
        <Skeleton key={width} height={10} width={width} radius="xl" />
      ))}
    </div>
  );
}

function CopyText({ text }: { readonly text: string }) {
  return (
    <CopyButton value={text} timeout={2000}>
      {({ copied, copy }) => (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          onClick={copy}
        >
          {copied ? 'Copied' : 'Copy'}
        </Button>
      )}
    </CopyButton>
  );
}
