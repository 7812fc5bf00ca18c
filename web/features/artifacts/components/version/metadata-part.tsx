import { Button, CopyButton } from '@mantine/core';
import { Braces, Check, Copy, Pencil, SearchX } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Json } from '../../../../../src/model/json.ts';
import { parseLooseJson } from '../../../../../src/model/loose-json.ts';
import { Empty } from '../../../../components/empty.tsx';
import { found } from '../../../../components/json-tree/found.ts';
import { JsonTree } from '../../../../components/json-tree/json-tree.tsx';
import { SearchBox } from '../../../../components/search-box.tsx';
import type { ArtifactVersionDetails, VersionAddress } from '../../api/get-version.ts';
import { MetadataForm } from './metadata-form.tsx';
import styles from './metadata-part.module.css';

interface MetadataPartProps {
  readonly address: VersionAddress;
  readonly version: Pick<ArtifactVersionDetails, 'metadataText' | 'mayEdit'>;
  readonly find: string;
  readonly onFind: (text: string) => void;
}

/** The metadata of a version as a tree that is searched; whoever may, edits it as JSON. */
export function MetadataPart({ address, version: { metadataText, mayEdit }, find, onFind }: MetadataPartProps) {
  const [isEdited, setEdited] = useState(false);
  const value = useMemo(() => parseLooseJson(metadataText), [metadataText]);
  if (isEdited) return <MetadataForm address={address} text={metadataText} onDone={() => setEdited(false)} />;
  const isEmpty = Object.keys(value ?? {}).length === 0;
  const edit = mayEdit && (
    <Button variant="default" leftSection={<Pencil size={15} aria-hidden />} onClick={() => setEdited(true)}>
      {isEmpty ? 'Add metadata' : 'Edit as JSON'}
    </Button>
  );
  if (isEmpty) {
    return (
      <Empty icon={Braces} title="No metadata" action={edit}>
        None was given when the version was logged.
      </Empty>
    );
  }
  return (
    <>
      <div className={styles.head}>
        <SearchBox label="Search metadata" value={find} onChange={onFind} />
        <CopyAll text={metadataText} />
        {edit}
      </div>
      <Tree value={value} find={find} />
    </>
  );
}

function Tree({ value, find }: { readonly value: Json; readonly find: string }) {
  const left = found('', value, find.trim().toLowerCase());
  if (left === undefined) {
    return (
      <Empty icon={SearchX} title="No metadata matches">
        Nothing here has “{find}” in its name or its value.
      </Empty>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={styles.frame} aria-label="Metadata" tabIndex={0}>
      {/* another search begins with another tree, all open */}
      <JsonTree key={find} label="Metadata" value={left} open={find !== ''} />
    </section>
  );
}

function CopyAll({ text }: { readonly text: string }) {
  return (
    <CopyButton value={text} timeout={2000}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          leftSection={copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
          onClick={copy}
        >
          {copied ? 'Copied' : 'Copy'}
        </Button>
      )}
    </CopyButton>
  );
}
