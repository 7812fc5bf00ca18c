import { z } from 'zod';
import type { Collection } from '../../store/collections.ts';
import { MOST_ABOUT } from '../../store/count-executions.ts';
import type { Membership } from '../../store/memberships.ts';
import type { ProjectPlace } from '../../store/projects.ts';
import { objectOf, sayable } from './sayable.ts';
import { id, instant, isoInstant } from './schemas.ts';
import type { ShownVersion, SourceRun } from './shown-versions.ts';

export const artifactType = z
  .object({ name: z.string(), description: z.string().nullable() })
  .meta({ id: 'ArtifactType' });

const number = z.string().describe('`v3`: its number in the collection');

export const collection = z
  .object({
    id,
    name: z.string(),
    type: z.string(),
    kind: z.enum(['sequence', 'portfolio']).describe('sequence: versions are logged to it; portfolio: they are linked'),
    description: z.string().nullable(),
    tags: z.array(z.string()),
    versions: z.int().describe('how many there are'),
    newest: number.nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'ArtifactCollection' });

/** A collection with what answers show beside it. */
export interface ShownCollection {
  readonly collection: Collection;
  readonly tags: readonly string[];
  readonly newest: Membership | undefined;
}

export function toCollection({ collection: row, tags, newest }: ShownCollection): z.output<typeof collection> {
  const { collectionId, name, typeName, kind, description, versionCount } = row;
  return {
    ...{ id: collectionId, name, type: typeName, kind, description, tags: [...tags], versions: versionCount },
    newest: newest === undefined ? null : `v${newest.versionIndex}`,
    createdAt: isoInstant(row.createdAt),
    updatedAt: isoInstant(row.updatedAt),
  };
}

const sourceRun = z.object({
  entity: z.string(),
  project: z.string(),
  id: z.string().describe("the client's run id"),
  name: z.string(),
});

export const version = z
  .object({
    id,
    version: number,
    aliases: z.array(z.string()).describe('in this collection'),
    tags: z.array(z.string()),
    size: z.number().describe('bytes of all its files and references'),
    files: z.int().describe('how many it has'),
    digest: z.string(),
    author: z.string().nullable(),
    run: sourceRun.nullable().describe('that logged it'),
    createdAt: instant,
    addedAt: instant.describe('when it came into this collection'),
    executions: z.int().describe(`how many it caused, here and where else it lies; counted to ${MOST_ABOUT}`),
  })
  .meta({ id: 'ArtifactVersion' });

export const place = z
  .object({ entity: z.string(), project: z.string(), collection: z.string(), type: z.string(), version: number })
  .meta({ id: 'ArtifactPlace' });

export const versionDetails = z
  .object({
    ...version.shape,
    type: z.string(),
    description: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    metadataText: z.string().describe('the same as its client wrote it: with NaN, infinities and long numbers'),
    ttlSeconds: z.int().describe('how long it is to be kept; -1 as its collection says, -2 for ever'),
    mayEdit: z.boolean().describe('whether you may change and delete the version itself, wherever it lies'),
    source: place.nullable().describe('where it was logged; null when that is hidden from you, or the version left it'),
    links: z.array(place).describe('where it is linked to, as far as you may see'),
  })
  .meta({ id: 'ArtifactVersionDetails' });

const inProject = {
  entity: z.string(),
  project: z.string(),
  registry: z.string().nullable().describe('its name as a registry; null for other projects'),
};

export const foundCollection = z.object({ ...collection.shape, ...inProject }).meta({ id: 'FoundCollection' });

export const foundVersion = z
  .object({
    ...inProject,
    ...{ collection: z.string(), type: z.string(), version: number },
    ...{ aliases: z.array(z.string()), tags: z.array(z.string()), addedAt: instant },
  })
  .meta({ id: 'FoundVersion' });

export const versionChange = z
  .strictObject({
    description: z.string().optional(),
    metadataText: z.string().optional().describe('a JSON object, which takes the place of the present one'),
    ttlSeconds: z.int().optional().describe('-1 as its collection says, -2 for ever'),
  })
  .meta({ id: 'ArtifactVersionChange' });

export const newLink = z
  .strictObject({
    ...{ entity: z.string(), project: z.string(), collection: z.string() },
    aliases: z.array(z.string()).default([]).describe('beside latest, which it is given by itself'),
  })
  .meta({ id: 'NewArtifactLink' });

export const newCollection = z
  .strictObject({
    name: z.string(),
    type: z.string().describe('of the versions that are linked to it'),
    description: z.string().nullable().default(null),
  })
  .meta({ id: 'NewArtifactCollection' });

export const collectionChange = z
  .strictObject({
    name: z.string().optional(),
    description: z.string().optional(),
    type: z.string().optional().describe('only of one that versions are logged to'),
  })
  .meta({ id: 'ArtifactCollectionChange' });

export function toVersion(shown: ShownVersion): z.output<typeof version> {
  const { artifactId, placeIndex, placedAt, size, fileCount, digest, createdAt } = shown.version;
  return {
    id: artifactId,
    version: `v${placeIndex}`,
    aliases: [...shown.aliases],
    tags: [...shown.tags],
    ...{ size, files: fileCount, digest },
    author: shown.author,
    run: shown.source === null ? null : toSourceRun(shown.source),
    createdAt: isoInstant(createdAt),
    addedAt: isoInstant(placedAt),
    executions: shown.executions,
  };
}

function toSourceRun({ run, project }: SourceRun): z.output<typeof sourceRun> {
  return { entity: project.entityName, project: project.name, id: run.name, name: run.displayName };
}

/** A place of a version, and what it lies in. */
export interface ShownPlace {
  readonly place: Membership;
  readonly collection: Collection;
  readonly project: ProjectPlace;
}

export function toVersionDetails(
  shown: ShownVersion,
  { typeName }: Collection,
  { places, mayEdit }: { readonly places: readonly ShownPlace[]; readonly mayEdit: boolean },
): z.output<typeof versionDetails> {
  const { description, metadataRaw, ttlSeconds } = shown.version;
  const source = places.find(({ collection: { kind } }) => kind === 'sequence');
  return {
    ...toVersion(shown),
    type: typeName,
    description,
    metadata: sayable(objectOf(metadataRaw)),
    metadataText: metadataRaw,
    ...{ ttlSeconds, mayEdit },
    source: source === undefined ? null : toPlace(source),
    links: places.filter(({ collection: { kind } }) => kind === 'portfolio').map(toPlace),
  };
}

export function toPlace({
  place: { versionIndex },
  collection: { name, typeName },
  project,
}: ShownPlace): z.output<typeof place> {
  return {
    ...{ entity: project.entityName, project: project.name, collection: name, type: typeName },
    version: `v${versionIndex}`,
  };
}
