/** What collections are searched for, as an address says it. */
export interface CollectionsSearch {
  readonly search?: string | undefined;
  readonly type?: string | undefined;
}

export function collectionsSearch({ search, type }: Record<string, unknown>): CollectionsSearch {
  return {
    ...(isText(search) ? { search } : {}),
    ...(isText(type) ? { type } : {}),
  };
}

export const COLLECTION_TABS = {
  versions: 'Versions',
  compare: 'Compare',
  automations: 'Automations',
  history: 'History',
} as const;
export type CollectionTab = keyof typeof COLLECTION_TABS;

/** Which part of a collection is open, and how its versions are looked for and compared. */
export interface CollectionSearch {
  readonly tab?: CollectionTab | undefined;
  readonly search?: string | undefined;
  readonly alias?: string | undefined;
  readonly tag?: string | undefined;
  /** A condition on metadata: `eval.loss`, one of {@link METADATA_OPERATORS}, and a value. */
  readonly path?: string | undefined;
  readonly is?: string | undefined;
  readonly value?: string | undefined;
  /** Versions whose metadata are compared. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export function collectionSearch({ tab, ...others }: Record<string, unknown>): CollectionSearch {
  return {
    ...(isTab(tab) ? { tab } : {}),
    ...textsOf(others, ['search', 'alias', 'tag', 'path', 'is', 'value', 'from', 'to']),
  };
}

export function isTab(text: unknown): text is CollectionTab {
  return typeof text === 'string' && Object.hasOwn(COLLECTION_TABS, text);
}

export const VERSION_TABS = {
  overview: 'Overview',
  files: 'Files',
  metadata: 'Metadata',
  lineage: 'Lineage',
  automations: 'Automations',
} as const;
export type VersionTab = keyof typeof VERSION_TABS;

/** Which part of a version is open, and what of it. */
export interface VersionSearch {
  readonly tab?: VersionTab | undefined;
  /** The folder that is open, the file that is looked at, and what files or metadata are searched for. */
  readonly folder?: string | undefined;
  readonly file?: string | undefined;
  readonly find?: string | undefined;
  /** Bounds of the lineage, where they are not the first ones. */
  readonly depth?: number | undefined;
  readonly fan?: number | undefined;
}

export function versionSearch({ tab, depth, fan, ...others }: Record<string, unknown>): VersionSearch {
  return {
    ...(isVersionTab(tab) ? { tab } : {}),
    ...textsOf(others, ['folder', 'file', 'find']),
    ...(isWithin(depth, 10) ? { depth } : {}),
    ...(isWithin(fan, 50) ? { fan } : {}),
  };
}

export function isVersionTab(text: unknown): text is VersionTab {
  return typeof text === 'string' && Object.hasOwn(VERSION_TABS, text);
}

function isWithin(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;
}

/** How the wandb client points at a version below the address of its registry. */
export interface SelectionSearch {
  /** `entity/project/collection`. */
  readonly selectionPath?: string;
  /** `v3`. */
  readonly version?: string;
}

export function selectionSearch({ selectionPath, version }: Record<string, unknown>): SelectionSearch {
  return {
    ...(isText(selectionPath) ? { selectionPath } : {}),
    ...(isText(version) ? { version } : {}),
  };
}

/** An address may write what is a text like a number. */
function textsOf<Name extends string>(
  values: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const texts: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = values[name];
    if (isText(value)) texts[name] = value;
    else if (typeof value === 'number' || typeof value === 'boolean') texts[name] = String(value);
  }
  return texts;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
