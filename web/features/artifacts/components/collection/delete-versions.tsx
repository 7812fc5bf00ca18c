import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ConfirmDialog } from '../../../../components/confirm-dialog.tsx';
import { messageOf } from '../../../../lib/api/api-error.ts';
import { tellDone } from '../../../../lib/notices.ts';
import { count } from '../../../../lib/words.ts';
import { useDeleteVersions, type VersionsRemoved, versionFatesQuery } from '../../api/delete-versions.ts';
import type { CollectionAddress } from '../../api/list-versions.ts';
import { versionRanges } from './version-ranges.ts';
import styles from './version-selection.module.css';

interface DeleteVersionsProps {
  readonly address: CollectionAddress;
  readonly versions: readonly string[];
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Asks whether versions are to be deleted, and names those that go and those that are kept. */
export function DeleteVersions({ address, versions, opened, onClose, onDeleted }: DeleteVersionsProps) {
  const { data: fates, error } = useQuery({ ...versionFatesQuery(address, versions), enabled: opened });
  const deletion = useDeleteVersions(address, versions);
  const going = fates?.removed.length;
  const words = going === undefined ? 'versions' : count(going, 'version');
  const remove = () =>
    deletion.mutate(undefined, {
      onSuccess: ({ removed, kept }) => {
        const also = kept.length === 0 ? '' : ` Kept: ${versionRanges(kept.map(({ version }) => version))}.`;
        tellDone(`${count(removed.length, 'version')} deleted.${also}`);
        onDeleted();
      },
      onSettled: onClose,
    });
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={going === 0 ? 'No version can be deleted' : `Delete ${words}?`}
      confirm={`Delete ${words}`}
      keep={going === 0 ? 'Close' : 'Cancel'}
      pending={deletion.isPending || (opened && fates === undefined && error === null)}
      disabled={going === 0 || error !== null}
      onConfirm={remove}
    >
      {error !== null && messageOf(error)}
      {fates !== undefined && <Fates fates={fates} />}
    </ConfirmDialog>
  );
}

function Fates({ fates: { removed, kept } }: { readonly fates: VersionsRemoved }) {
  const linked = removed.filter(({ links }) => links > 0);
  return (
    <>
      {removed.length > 0 && (
        <p className={styles.fate}>
          <b>{versionRanges(removed.map(({ version }) => version))}</b> {removed.length === 1 ? 'goes' : 'go'} with all
          files, for good. What was made from {removed.length === 1 ? 'it' : 'them'} stays.
        </p>
      )}
      {linked.length > 0 && (
        <p className={styles.fate}>
          Links end too: {linked.map(({ version, links }) => `${version} (${count(links, 'collection')})`).join(', ')}.
        </p>
      )}
      {kept.length > 0 && (
        <Alert color="yellow" variant="light">
          <b>{versionRanges(kept.map(({ version }) => version))}</b> {kept.length === 1 ? 'is' : 'are'} kept: aliases
          lead to {kept.length === 1 ? 'it' : 'them'}. Take those away first, or delete{' '}
          {kept.length === 1 ? 'it' : 'each'} on its own page.
          <ul className={styles.kept}>
            {kept.map(({ version, aliases }) => (
              <li key={version}>
                <b>{version}</b>: {aliases}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
}
