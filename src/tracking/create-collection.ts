import { demand } from '../access/demand.ts';
import { parseArtifactTypeName, parseCollectionName } from '../model/artifact-names.ts';
import { conflict, invalid } from '../model/error.ts';
import { cleanText } from '../model/loose-json.ts';
import type { Viewer } from '../model/viewer.ts';
import { type Collection, collectionByName } from '../store/collections.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { ensurePortfolio } from './ensure-portfolio.ts';
import type { TrackingRoom } from './room.ts';

export interface NewCollectionInput {
  readonly name: string;
  readonly typeName: string;
  readonly description: string | null;
}

/**
 * Makes an empty collection of a registry, to which versions are then linked; elsewhere the first version makes it.
 *
 * @throws TriplineError invalid for names, for a project that is no registry, and for a type that the registry does
 *   not accept; forbidden; conflict when the name is taken
 */
export async function createCollection(
  room: TrackingRoom,
  viewer: Viewer,
  project: ProjectPlace,
  input: NewCollectionInput,
): Promise<Collection> {
  const { database } = room.ground;
  const name = parseCollectionName(input.name);
  const typeName = parseArtifactTypeName(input.typeName);
  demand(viewer, 'log', project, `project '${project.name}'`);
  if (project.registryId === null) {
    throw invalid(`'${project.name}' is no registry: its collections appear with the first version that is logged`);
  }
  const named = { tenantId: project.tenantId, projectId: project.id, name };
  return database.transaction(async (tx) => {
    if ((await collectionByName(tx, named)) !== undefined) {
      throw conflict(`the registry has a collection '${name}' already`, 'name');
    }
    const description = input.description === null ? null : cleanText(input.description);
    return ensurePortfolio(room, tx, { viewer, project, name, typeName, description });
  });
}
