import { Badge } from '@mantine/core';
import { count } from '../../../lib/words.ts';
import type { ArtifactCollection } from '../api/list-collections.ts';
import styles from './collection-lead.module.css';
import { Labels } from './labels.tsx';

const HOW = { sequence: 'logged here', portfolio: 'linked here' } as const;

/** What a collection is, in a line or two. */
export function CollectionLead({ collection }: { readonly collection: ArtifactCollection }) {
  const { type, kind, versions, tags, description } = collection;
  return (
    <>
      <span className={styles.line}>
        <Badge variant="light" size="sm">
          {type}
        </Badge>
        {count(versions, 'version')} {HOW[kind]}
        <Labels tags={tags} />
      </span>
      {description !== null && description !== '' && <span className={styles.description}>{description}</span>}
    </>
  );
}
