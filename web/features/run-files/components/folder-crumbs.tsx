import { UnstyledButton } from '@mantine/core';
import { Fragment } from 'react';
import styles from './files.module.css';

interface FolderCrumbsProps {
  readonly folder: string;
  readonly onFolder: (folder: string) => void;
}

/** Where one is among the folders, and the way up. */
export function FolderCrumbs({ folder, onFolder }: FolderCrumbsProps) {
  const parts = folder === '' ? [] : folder.split('/');
  const steps = parts.map((name, at) => ({ name, path: parts.slice(0, at + 1).join('/') }));
  return (
    <nav className={styles.crumbs} aria-label="Folder">
      {[{ name: 'All files', path: '' }, ...steps].map(({ name, path }, at) => (
        <Fragment key={path}>
          {at > 0 && <span aria-hidden>/</span>}
          {path === folder ? (
            <span aria-current="true">{name}</span>
          ) : (
            <UnstyledButton className={styles.crumb ?? ''} onClick={() => onFolder(path)}>
              {name}
            </UnstyledButton>
          )}
        </Fragment>
      ))}
    </nav>
  );
}
