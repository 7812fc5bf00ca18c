import type { Instant } from '../model/clock.ts';
import type { Transaction } from '../store/database.ts';
import { removeVersionTags } from '../store/tags.ts';
import { insertVersionTags } from '../store/version-tags.ts';
import type { ArtifactChange } from './artifact-events.ts';
import type { LockedVersion } from './lock-versions.ts';

/** What came of changing the tags of a version. */
export interface TagsChanged {
  /** The version, with the tags that it has now. */
  readonly version: LockedVersion;
  /** The added ones in the order asked for, then the removed ones. */
  readonly changes: readonly ArtifactChange[];
}

/** Adds and removes tags of a version whose places are all locked. A tag that is both added and removed is added. */
export async function changeVersionTags(
  tx: Transaction,
  version: LockedVersion,
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
  now: Instant,
): Promise<TagsChanged> {
  const {
    artifact,
    places: [source],
  } = version;
  const tags = source?.tags ?? [];
  const added = [...new Set(add)].filter((tag) => !tags.includes(tag));
  const removed = tags.filter((tag) => remove.includes(tag) && !add.includes(tag));
  await insertVersionTags(tx, artifact, added, now);
  await removeVersionTags(tx, artifact, removed);
  const left = [...tags.filter((tag) => !removed.includes(tag)), ...added].sort();
  const places = version.places.map((place) => ({ ...place, tags: left }));
  return {
    version: { artifact, places },
    changes: [
      ...added.map((tag) => ({ type: 'ADD_ARTIFACT_TAG' as const, places, tag })),
      ...removed.map((tag) => ({ type: 'REMOVE_ARTIFACT_TAG' as const, places, tag })),
    ],
  };
}
