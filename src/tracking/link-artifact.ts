import { permits } from '../access/permits.ts';
import { parseAliases, parseCollectionName } from '../model/artifact-names.ts';
import { forbidden, invalid } from '../model/error.ts';
import { authorOf, type Viewer } from '../model/viewer.ts';
import { type ArtifactKey, lockArtifact } from '../store/artifacts.ts';
import { type Collection, collectionById } from '../store/collections.ts';
import type { Transaction } from '../store/database.ts';
import { insertMembership, type Membership, placeIn } from '../store/memberships.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { tellPlaces } from '../store/tell-collection.ts';
import { tagsOf } from '../store/version-tags.ts';
import { type ArtifactChange, causeArtifactEvents } from './artifact-events.ts';
import { ensurePortfolio } from './ensure-portfolio.ts';
import { giveAliases } from './give-aliases.ts';
import { LATEST } from './leave-places.ts';
import { demandAliasEdit, recordProtectedAliases } from './protected-aliases.ts';
import type { TrackingRoom } from './room.ts';
import { type PlacedArtifact, requireArtifact, unknownArtifact } from './visible-artifact.ts';

/** Where a version is to be linked. */
export interface LinkTarget {
  readonly project: ProjectPlace;
  /** The portfolio, which is made when it is missing. */
  readonly collectionName: string;
  /** Beside `latest`, which goes to the version that was linked last. */
  readonly aliases: readonly string[];
}

/**
 * Links a committed version in a portfolio. One that is linked there already keeps its number, and takes the aliases.
 *
 * @throws TriplineError invalid for names, another type, a version that is not committed; not_found; forbidden, also
 *   across organizations
 */
export async function linkArtifact(
  room: TrackingRoom,
  viewer: Viewer,
  key: ArtifactKey | undefined,
  { project, collectionName, aliases }: LinkTarget,
): Promise<Membership> {
  parseCollectionName(collectionName);
  parseAliases(aliases);
  const { database } = room.ground;
  const source = await requireArtifact(database, viewer, key);
  await demandAliasEdit(database, viewer, project, aliases);
  refuseOtherOrganization(viewer, source, project);
  const { membership, destinations } = await database.transaction(async (tx) => {
    const sequence = await collectionById(tx, source.artifact);
    if (sequence === undefined) throw unknownArtifact();
    const { typeName } = sequence;
    const wanted = { viewer, project, name: collectionName, typeName, description: null };
    const portfolio = await ensurePortfolio(room, tx, wanted);
    const linked = await place(room, tx, { viewer, portfolio, artifact: source.artifact, aliases });
    const destinations = await causeArtifactEvents(room, tx, authorOf(viewer).username, linked.changes);
    const given = { project, artifact: source.artifact, aliases, fate: 'given' } as const;
    await recordProtectedAliases(tx, viewer, given, room.ground.clock.now());
    return { ...linked, destinations };
  });
  room.woken(destinations);
  return membership;
}

/** What a personal entity holds belongs to no organization; its owner may bring it into any. */
function refuseOtherOrganization(viewer: Viewer, { project: source }: PlacedArtifact, target: ProjectPlace): void {
  if (source.rootId === target.rootId || isBroughtByOwner(viewer, source)) return;
  throw forbidden(
    `a version of ${source.entityName}/${source.name} cannot be linked to ${target.entityName}/${target.name}: ` +
      'they belong to different organizations',
  );
}

function isBroughtByOwner(viewer: Viewer, source: ProjectPlace): boolean {
  return source.entityKind === 'personal' && permits(viewer, 'log', source);
}

interface Linking {
  readonly viewer: Viewer;
  /** Locked. */
  readonly portfolio: Collection;
  readonly artifact: ArtifactKey;
  readonly aliases: readonly string[];
}

async function place(
  room: TrackingRoom,
  tx: Transaction,
  { viewer, portfolio, artifact, aliases }: Linking,
): Promise<{ membership: Membership; changes: readonly ArtifactChange[] }> {
  const { tenantId, collectionId, projectId, kind } = portfolio;
  const now = room.ground.clock.now();
  const state = (await lockArtifact(tx, artifact))?.state;
  if (state === 'pending') throw invalid('only a committed artifact can be linked: wait for its upload to finish');
  if (state !== 'committed') throw unknownArtifact();
  const known = await placeIn(tx, portfolio, artifact);
  const membership =
    known ?? (await insertMembership(tx, { tenantId, collectionId, artifact, by: viewer.userId, now }));
  if (known === undefined) await tellPlaces(tx, [artifact]);
  const unnamed = { ...membership, projectId, kind, tags: await tagsOf(tx, artifact) };
  const given = await giveAliases(tx, unnamed, [...aliases, LATEST], now);
  const link = { type: 'LINK_MODEL' as const, place: given.place };
  return { membership, changes: known === undefined ? [link, ...given.changes] : given.changes };
}
