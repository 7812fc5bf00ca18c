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

/** How an automation covers a collection that it watches. */
export function coverageOf({ entity, scope }: Pick<Automation, 'entity' | 'scope'>, place: CollectionPlace): Coverage {
  switch (scope.kind) {
    case 'collection':
      return 'collection';
    case 'project':
      return place.registry === null ? 'project' : 'registry';
    case 'entity':
      return entity === place.entity ? place.owner : 'organization';
  }
}
