import type { Automation } from '../api/list-automations.ts';

/** Where a collection lies. */
export interface CollectionPlace {
  readonly entity: string;
  readonly owner: 'organization' | 'team' | 'personal';
  readonly project: string;
  /** Of the project, where it is one. */
  readonly registry: string | null;
  readonly collection: string;
}

/** What is watched whole, when a collection is watched: itself, or what it lies in. */
export type Coverage = 'collection' | 'project' | 'registry' | 'team' | 'personal' | 'organization';

/**
 * How an automation of a collection's entity, or of its organization, covers the collection; `undefined` when it does
 * not. Events of runs happen in no collection.
 */
export function coverageOf(
  { entity, scope, event }: Pick<Automation, 'entity' | 'scope' | 'event'>,
  place: CollectionPlace,
): Coverage | undefined {
  if ('runFilter' in event) return undefined;
  if (scope.kind === 'entity') return entity === place.entity ? place.owner : 'organization';
  if (entity !== place.entity || scope.project !== place.project) return undefined;
  if (scope.kind === 'project') return place.registry === null ? 'project' : 'registry';
  return scope.collection === place.collection ? 'collection' : undefined;
}
