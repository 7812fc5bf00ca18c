import type { Automation } from '../api/list-automations.ts';

/** Where an automation watches, from the entity down. */
export function scopeWords({ entity, scope }: Pick<Automation, 'entity' | 'scope'>): string {
  switch (scope.kind) {
    case 'entity':
      return `${entity} / all projects`;
    case 'project':
      return `${entity} / ${scope.project}`;
    case 'collection':
      return `${entity} / ${scope.project} / ${scope.collection}`;
  }
}
