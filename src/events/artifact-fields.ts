import { type FieldCatalogue, type FieldEntry, fieldCatalogue, type TreeEntry } from '../filter/catalogue.ts';

/** What is said of the collection that an event is about (automations, section 2.4). */
const COLLECTION_ENTRIES = {
  collection: { kind: 'scalar' },
  collection_tag: { kind: 'set' },
  artifact_type: { kind: 'scalar' },
  author: { kind: 'scalar' },
  project: { kind: 'scalar' },
  entity: { kind: 'scalar' },
  registry: { kind: 'scalar' },
} as const satisfies Record<string, FieldEntry>;

/** What is said of a version too. */
const VERSION_ENTRIES = {
  ...COLLECTION_ENTRIES,
  version: { kind: 'scalar' },
  size: { kind: 'scalar' },
  'source_run.name': { kind: 'scalar' },
} as const satisfies Record<string, FieldEntry>;

const VERSION_TREES = {
  metadata: {},
  'source_run.config': { valueSuffix: true },
  'source_run.summary': {},
} as const satisfies Record<string, TreeEntry>;

const ONE = { kind: 'scalar' } as const;
const SET = { kind: 'set' } as const;

/** A version came or went: all its aliases there, all its tags. */
export const PLACE_FIELDS: FieldCatalogue = fieldCatalogue(
  'version',
  { alias: SET, tag: SET, ...VERSION_ENTRIES },
  VERSION_TREES,
);

/** An alias was added: that one, and who held it before. */
export const ALIAS_FIELDS: FieldCatalogue = fieldCatalogue(
  'version that is given an alias',
  { alias: ONE, tag: SET, ...VERSION_ENTRIES, previous_alias_version: ONE },
  VERSION_TREES,
);

/** A version's tag was added or removed: that one. */
export const TAG_FIELDS: FieldCatalogue = fieldCatalogue(
  'version whose tag changes',
  { alias: SET, tag: ONE, ...VERSION_ENTRIES },
  VERSION_TREES,
);

/** A collection's tag was added or removed. The client lets one name an alias here too: there is none. */
export const COLLECTION_FIELDS: FieldCatalogue = fieldCatalogue('collection whose tag changes', {
  tag: ONE,
  alias: SET,
  ...COLLECTION_ENTRIES,
});
