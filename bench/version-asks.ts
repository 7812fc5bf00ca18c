import { ARTIFACT_DOCUMENTS } from '../test/support/client-artifact-documents.ts';
import { REGISTRY_DOCUMENTS } from '../test/support/client-registry-documents.ts';
import { rest } from '../test/support/rest.ts';
import type { Scene } from '../test/support/scene.ts';

export type Size = 'few' | 'many';
export const SIZES: readonly Size[] = ['few', 'many'];

/** What is asked of a collection, or of a registry, of that size. */
export type Ask = (size: Size) => Promise<unknown>;

/** As the page of versions asks, for what is rare or is not there. */
const PAGE_CONDITIONS = {
  'by an alias': { alias: 'n0' },
  'by an alias that none has': { alias: 'nobody' },
  'by a tag that none has': { tag: 'nobody' },
  'by a tag that a tenth has': { tag: 'tenth' },
  'by a version': { version: 'v50' },
  'by versions': { version: { $in: ['v50', 'v51'] } },
  'by a pattern of versions': { version: { $regex: '^v7$' } },
  'by a range of versions': { version: { $lt: 'v0' } },
  'by a size that none has': { size: { $gt: 1_000_000 } },
  'by another size': { size: { $ne: 1_000 } },
  'by metadata that is rare': { 'metadata.author': 'rare' },
  'by a value and a range of metadata': { 'metadata.split': 'train', 'metadata.eval.loss': { $gte: 50 } },
  'by a value and a range that few are in both': { 'metadata.split': 'train', 'metadata.eval.loss': { $lt: 50 } },
  'by a pattern of rare metadata': { 'metadata.author': { $regex: '^r.re$' } },
  'by a pattern without a beginning': { 'metadata.author': { $regex: 'ar.$' } },
  'by a text that no metadata holds': { 'metadata.author': { $contains: 'nobody' } },
  'by metadata that is none of some': { 'metadata.split': { $nin: ['train', 'test'] } },
  'by metadata that is not there': { 'metadata.split': { $exists: false } },
  'by metadata that is there': { 'metadata.nothing': { $exists: true } },
} as const;

/** By requests of the client, and of pages where the label says so. */
export function versionAsks(scene: Scene): Readonly<Record<string, Ask>> {
  const { graphql, team: entity, project, organization, server, person } = scene;
  const listed = (size: Size, more: object = {}, order?: string) => {
    const filters = JSON.stringify({ state: 'COMMITTED', ...more });
    const place = { entity, project, type: 'model', collection: size };
    return graphql(ARTIFACT_DOCUMENTS.ProjectArtifacts ?? '', { ...place, filters, order });
  };
  const named = (size: Size, name: string) =>
    graphql(ARTIFACT_DOCUMENTS.ArtifactMembershipByName ?? '', { entity, project, name: `${size}:${name}` });
  const registry = (size: Size) => JSON.stringify({ name: `wandb-registry-${size}` });
  const found = (document: string, size: Size, more: object = {}) =>
    graphql(REGISTRY_DOCUMENTS[document] ?? '', { organization, registryFilter: registry(size), perPage: 50, ...more });
  const page = (path: string) => rest(server, person.key, `/entities/${path}`);
  const collections = (size: Size, query = '') =>
    page(`${organization}/projects/wandb-registry-${size}/artifacts${query}`);
  const versions = (size: Size, query = '') => page(`${entity}/projects/${project}/artifacts/${size}/versions${query}`);
  return {
    'page of versions': (size) => listed(size),
    'by metadata that half have': (size) => listed(size, { 'metadata.split': 'train' }),
    'by metadata that one in 10,000 has': (size) => listed(size, { 'metadata.author': 'rare' }),
    'by metadata that none has': (size) => listed(size, { 'metadata.author': 'nobody' }),
    'by a range of metadata that is rare': (size) => listed(size, { 'metadata.eval.loss': { $lt: 0.01 } }),
    'by a range of metadata that half are in': (size) => listed(size, { 'metadata.eval.loss': { $gte: 50 } }),
    'by a range of metadata that none is in': (size) => listed(size, { 'metadata.eval.loss': { $lt: 0 } }),
    'by a value and a range of metadata': (size) =>
      listed(size, { 'metadata.split': 'train', 'metadata.eval.loss': { $gte: 50 } }),
    'by a range of texts of metadata': (size) => listed(size, { 'metadata.author': { $gte: 'rare' } }),
    'by a pattern that no metadata matches': (size) => listed(size, { 'metadata.author': { $regex: '^nob.dy' } }),
    'in the order of their sizes': (size) => listed(size, {}, '-size'),
    'in the order of their times': (size) => listed(size, {}, 'created_at'),
    'by a size that none has': (size) => listed(size, { size: { $gt: 1_000_000 } }),
    'by an alias': (size) => listed(size, { alias: 'n0' }),
    'by a tag that a tenth has': (size) => listed(size, { tag: 'tenth' }),
    'alias look-up': (size) => named(size, 'n0'),
    'number look-up': (size) => named(size, 'v50'),
    'latest version': (size) => named(size, 'latest'),
    'page of versions, REST': (size) => versions(size),
    ...Object.fromEntries(
      Object.entries(PAGE_CONDITIONS).map(([label, condition]): [string, Ask] => [
        `${label}, REST`,
        (size) => versions(size, `?filter=${encodeURIComponent(JSON.stringify({ $and: [condition] }))}`),
      ]),
    ),
    'search of versions, REST': (size) => versions(size, '?search=n90'),
    'search of a number, REST': (size) => versions(size, '?search=v99'),
    'search that finds no version, REST': (size) => versions(size, '?search=nothing'),
    'aliases of the collection': async (size) => aliasesOf(scene, size),
    'page of collections': (size) => found('RegistryCollections', size),
    'collections by a tag': (size) => found('RegistryCollections', size, { collectionFilter: '{"tag":"hundredth"}' }),
    'collections by name': (size) => found('RegistryCollections', size, { collectionFilter: '{"name":"model-77"}' }),
    'collections by a pattern': (size) =>
      found('RegistryCollections', size, { collectionFilter: '{"name":{"$regex":"model-9.*"}}' }),
    'collections by a pattern that none matches': (size) =>
      found('RegistryCollections', size, { collectionFilter: '{"name":{"$regex":"^nothing-[0-9]+$"}}' }),
    'page of collections, REST': (size) => collections(size),
    'search of collections, REST': (size) => collections(size, '?search=model-77'),
    'search that finds no collection, REST': (size) => collections(size, '?search=nothing'),
    'page of the registry’s versions': (size) => found('RegistryVersions', size),
    'the registry’s versions by metadata that half have': (size) =>
      found('RegistryVersions', size, { artifactFilter: '{"metadata.split":"train"}' }),
    'the registry’s versions by metadata that is rare': (size) =>
      found('RegistryVersions', size, { artifactFilter: '{"metadata.author":"rare"}' }),
    'the registry’s versions by an alias': (size) =>
      found('RegistryVersions', size, { artifactFilter: '{"alias":"candidate"}' }),
  };
}

async function aliasesOf({ graphql, team: entity, project }: Scene, name: Size): Promise<unknown> {
  const named = await graphql<{ project: { artifactType: { artifactCollection: { id: string } } } }>(
    ARTIFACT_DOCUMENTS.ProjectArtifactCollection ?? '',
    { entity, project, type: 'model', name },
  );
  return graphql(ARTIFACT_DOCUMENTS.ArtifactCollectionAliases ?? '', {
    id: named.project.artifactType.artifactCollection.id,
    perPage: 50,
  });
}
