import { Alert, Button } from '@mantine/core';
import styles from './foreign-changes.module.css';
import { visibilityWords } from './registry-fields.tsx';
import { aliasesChanged, type ForeignChange, type SettingName } from './settings-draft.ts';

const LABELS: Readonly<Record<SettingName, string>> = {
  name: 'Name',
  description: 'Description',
  visibility: 'Seen by',
  allowsAll: 'Takes artifacts of every type',
  protectedAliases: 'Protected aliases',
};

interface ForeignChangesProps {
  readonly organization: string;
  readonly changes: readonly ForeignChange[];
  readonly onTake: (change: ForeignChange) => void;
}

/** What somebody else saved while the settings were being changed here. */
export function ForeignChanges({ organization, changes, onTake }: ForeignChangesProps) {
  if (changes.length === 0) return null;
  return (
    <Alert color="yellow" variant="light" role="status">
      <b>These settings were changed elsewhere meanwhile.</b> Nothing that you wrote is lost.
      <ul className={styles.changes}>
        {changes.map((change) => (
          <li key={change.setting}>
            <b>{LABELS[change.setting]}</b>: {wordsOf(change, organization)}
            {change.isTaken ? (
              ' – it stands in the form.'
            ) : (
              <>
                {' – you wrote something else, which takes its place when you save. '}
                <Button variant="default" size="compact-xs" onClick={() => onTake(change)}>
                  Take theirs
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function wordsOf({ setting, before, theirs }: ForeignChange, organization: string): string {
  switch (setting) {
    case 'name':
    case 'description':
      return theirs[setting] === '' ? 'none any more' : `“${theirs[setting]}”`;
    case 'visibility':
      return visibilityWords(theirs.visibility, organization);
    case 'allowsAll':
      return theirs.allowsAll ? 'yes' : 'no';
    case 'protectedAliases': {
      const { added, removed } = aliasesChanged(before, theirs);
      return [...added.map((alias) => `${alias} added`), ...removed.map((alias) => `${alias} taken away`)].join(', ');
    }
  }
}
