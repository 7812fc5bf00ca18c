import { invalid, notFound } from '../model/error.ts';
import type { ArtifactTypeId, CollectionId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { ensureArtifactType } from '../store/artifact-types.ts';
import { recordDeed } from '../store/audit.ts';
import { type Collection, collectionByName, insertCollection } from '../store/collections.ts';
import type { Transaction } from '../store/database.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { registrySettings } from '../store/registries.ts';
import { tellCollection } from '../store/tell-collection.ts';
import { lockCollection } from './lock-collections.ts';
import type { TrackingRoom } from './room.ts';

interface WantedPortfolio {
  readonly viewer: Viewer;
  readonly project: ProjectPlace;
  readonly name: string;
  readonly typeName: string;
  /** Of one that is made. */
  readonly description: string | null;
}

/**
 * The portfolio of that name in a project, made with the type when it is missing, and locked.
 *
 * @throws TriplineError invalid when the name is a sequence's, the portfolio has another type, or the registry does
 *   not accept it
 */
export async function ensurePortfolio(
  room: TrackingRoom,
  tx: Transaction,
  wanted: WantedPortfolio,
): Promise<Collection> {
  const { tenantId, id: projectId } = wanted.project;
  const named = { tenantId, projectId, name: wanted.name };
  if ((await collectionByName(tx, named)) === undefined) {
    await refuseForeignType(tx, wanted);
    await make(room, tx, wanted);
  }
  const found = await collectionByName(tx, named);
  if (found === undefined) throw notFound(`collection '${wanted.name}' not found: it was deleted at this moment`);
  const portfolio = await lockCollection(tx, found);
  refuseMismatch(portfolio, wanted.typeName);
  return portfolio;
}

async function make(room: TrackingRoom, tx: Transaction, wanted: WantedPortfolio): Promise<void> {
  const { viewer, project, name, typeName, description } = wanted;
  const { tenantId, id: projectId } = project;
  const { ids, clock } = room.ground;
  const now = clock.now();
  await ensureArtifactType(tx, { tenantId, projectId, typeId: ids.next<ArtifactTypeId>(now), name: typeName, now });
  const collectionId = ids.next<CollectionId>(now);
  const made = { tenantId, collectionId, projectId, kind: 'portfolio', name, typeName } as const;
  if (!(await insertCollection(tx, { ...made, description, createdBy: viewer.userId, now }))) return;
  tellCollection(tx, made);
  const subject = { kind: 'collection', id: collectionId, name };
  const after = { name, description, type: typeName };
  await recordDeed(tx, viewer, { now, tenantId, deed: 'collection.created', subject, after });
}

/** A registry may accept some types of artifacts only. */
async function refuseForeignType(tx: Transaction, { project, typeName }: WantedPortfolio): Promise<void> {
  const settings = (await registrySettings(tx, [{ tenantId: project.tenantId, projectId: project.id }])).get(
    project.id,
  );
  if (settings === undefined || settings.allowAllTypes || settings.types.includes(typeName)) return;
  const accepted = settings.types.length === 0 ? 'none yet' : settings.types.map((type) => `'${type}'`).join(', ');
  throw invalid(`registry '${project.name}' does not accept artifacts of type '${typeName}'; it accepts ${accepted}`);
}

function refuseMismatch({ kind, name, typeName }: Collection, wanted: string): void {
  if (kind === 'sequence') {
    throw invalid(`versions are logged to '${name}', nothing can be linked there: choose another name`);
  }
  if (typeName !== wanted) {
    throw invalid(`'${name}' holds artifacts of type '${typeName}': one of type '${wanted}' cannot be linked there`);
  }
}
