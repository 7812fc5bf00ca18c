import { Badge } from '@mantine/core';
import { EntityMark } from '../../../components/entity-mark.tsx';
import styles from './member-name.module.css';

/** Who somebody is. @param note what more there is to know, in a word or two */
export function MemberName({ username, note }: { readonly username: string; readonly note?: string | undefined }) {
  return (
    <span className={styles.member}>
      <EntityMark name={username} round />
      {username}
      {note !== undefined && (
        <Badge size="sm" variant="default">
          {note}
        </Badge>
      )}
    </span>
  );
}
