import { isVersionSort, type VersionSort } from '../features/artifacts/api/list-versions.ts';
import { type Given, textsIn } from '../lib/address-text.ts';
import type { FilterTree } from '../lib/filter-lines.ts';
import { nameIn } from '../lib/name-in.ts';
import { isTree } from '../lib/trees.ts';

/** What collections are searched for, as an address says it. */
export interface CollectionsSearch {
  readonly search?: string | undefined;
  readonly type?: string | undefined;
}

export function collectionsSearch(given: Given): CollectionsSearch {
  return textsIn(given, ['search', 'type']);
}

export const COLLECTION_TABS = {
  versions: 'Versions',
  compare: 'Compare',
  automations: 'Automations',
  history: 'History',
} as const;
export type CollectionTab = keyof typeof COLLECTION_TABS;
export const isTab = nameIn(COLLECTION_TABS);

/** Which part of a collection is open, and how its versions are looked for and compared. */
export interface CollectionSearch {
  readonly tab?: CollectionTab | undefined;
  readonly search?: string | undefined;
  readonly alias?: string | undefined;
  readonly tag?: string | undefined;
  /** Further conditions, such as those on metadata. */
  readonly filter?: FilterTree | undefined;
  readonly sort?: VersionSort | undefined;
  /** Versions whose metadata are compared. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export function collectionSearch({ tab, filter, sort, ...others }: Given): CollectionSearch {
  return {
    ...(isTab(tab) ? { tab } : {}),
    ...(isVersionSort(sort) ? { sort } : {}),
    ...(isTree(filter) ? { filter } : {}),
    ...textsIn(others, ['search', 'alias', 'tag', 'from', 'to']),
  };
}

export const VERSION_TABS = {
  overview: 'Overview',
  files: 'Files',
  metadata: 'Metadata',
  lineage: 'Lineage',
  automations: 'Automations',
} as const;
export type VersionTab = keyof typeof VERSION_TABS;
export const isVersionTab = nameIn(VERSION_TABS);

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

export function versionSearch({ tab, depth, fan, ...others }: Given): VersionSearch {
  return {
    ...(isVersionTab(tab) ? { tab } : {}),
    ...textsIn(others, ['folder', 'file', 'find']),
    ...(isWithin(depth, 10) ? { depth } : {}),
    ...(isWithin(fan, 50) ? { fan } : {}),
  };
}

/** How the wandb client points at a version below the address of its registry. */
export interface SelectionSearch {
  /** `entity/project/collection`. */
  readonly selectionPath?: string;
  /** `v3`. */
  readonly version?: string;
}

export function selectionSearch(given: Given): SelectionSearch {
  return textsIn(given, ['selectionPath', 'version']);
}

function isWithin(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;
}
