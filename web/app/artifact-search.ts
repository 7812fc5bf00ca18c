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

export const COLLECTION_TABS = { versions: 'Versions', automations: 'Automations', history: 'History' } as const;
export type CollectionTab = keyof typeof COLLECTION_TABS;

/** Which part of a collection is open, and what its versions are searched for. */
export interface CollectionSearch {
  readonly tab?: CollectionTab;
  readonly search?: string;
}

export function collectionSearch({ tab, search }: Record<string, unknown>): CollectionSearch {
  return { ...(isTab(tab) ? { tab } : {}), ...(isText(search) ? { search } : {}) };
}

export function isTab(text: unknown): text is CollectionTab {
  return typeof text === 'string' && Object.hasOwn(COLLECTION_TABS, text);
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

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
