import type { z } from 'zod';
import type { ScopeRef } from '../../automations/scope.ts';
import type { EntityPlace } from '../../directory/find-entity.ts';
import { findProject } from '../../directory/find-project.ts';
import type { Occasion } from '../../events/occasion.ts';
import { invalid } from '../../model/error.ts';
import type { Viewer } from '../../model/viewer.ts';
import { collectionByName } from '../../store/collections.ts';
import type { Ground } from '../../store/ground.ts';
import type { scope } from './automation-schemas.ts';

/** What a scope below an entity names, as far as the viewer may see it. @throws TriplineError invalid */
export async function scopeRef(
  ground: Ground,
  viewer: Viewer,
  entity: EntityPlace,
  asked: z.output<typeof scope>,
): Promise<ScopeRef> {
  if (asked.kind === 'entity') return { kind: 'entity', id: entity.id };
  const project = await findProject(ground, viewer, entity.name, asked.project);
  if (project === undefined) {
    throw invalid(`'${entity.name}' has no project '${asked.project}' that you may see`, 'scope.project');
  }
  if (asked.kind === 'project') return { kind: 'project', id: project.id };
  const { tenantId, id: projectId } = project;
  const collection = await collectionByName(ground.database, { tenantId, projectId, name: asked.collection });
  if (collection !== undefined) return { kind: 'collection', tenantId, id: collection.collectionId };
  throw invalid(`project '${asked.project}' has no artifact collection '${asked.collection}'`, 'scope.collection');
}

/** A scope as payloads tell it. */
export function namedScope({ kind, id }: ScopeRef, asked: z.output<typeof scope>, entity: string): Occasion['scope'] {
  switch (asked.kind) {
    case 'entity':
      return { kind, id, name: entity };
    case 'project':
      return { kind, id, name: asked.project };
    case 'collection':
      return { kind, id, name: asked.collection };
  }
}
