import { Badge } from '@mantine/core';
import { count } from '../../../lib/words.ts';
import type { ArtifactCollection } from '../api/list-collections.ts';
import styles from './collection-lead.module.css';

const HOW = { sequence: 'logged here', portfolio: 'linked here' } as const;

/** What a collection is, in a line. */
export function CollectionLead({ collection: { type, kind, versions } }: { readonly collection: ArtifactCollection }) {
  return (
    <span className={styles.line}>
      <Badge variant="light" size="sm">
        {type}
      </Badge>
      {count(versions, 'version')} {HOW[kind]}
    </span>
  );
}
