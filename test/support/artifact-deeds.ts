import type { WireScope } from './automation.ts';
import { ENTITY } from './documents.ts';
import type { Graphql } from './graphql.ts';

/** A project or registry by its names. */
export interface ProjectName {
  readonly entity: string;
  readonly project: string;
}

/** A sequence or portfolio by its names. */
export interface CollectionName extends ProjectName {
  readonly collection: string;
}

export interface TagEdit {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** What people do with versions and collections, each by one request of the client; versions are named by id. */
export interface ArtifactDeeds {
  addAliases(version: string, collection: CollectionName, ...aliases: readonly string[]): Promise<void>;
  removeAliases(version: string, collection: CollectionName, ...aliases: readonly string[]): Promise<void>;
  link(version: string, portfolio: CollectionName, ...aliases: readonly string[]): Promise<void>;
  unlink(version: string, portfolio: CollectionName): Promise<void>;
  tag(version: string, edit: TagEdit): Promise<void>;
  tagCollection(collection: CollectionName, edit: TagEdit): Promise<void>;
  /** With its aliases. */
  delete(version: string): Promise<void>;
  /** Of a sequence. */
  rename(sequence: CollectionName, name: string): Promise<void>;
  scopeOf(place: string | ProjectName | CollectionName): Promise<WireScope>;
}

const ADD = 'mutation AddAliases($input: AddAliasesInput!) { addAliases(input: $input) { success } }';
const REMOVE = 'mutation DeleteAliases($input: DeleteAliasesInput!) { deleteAliases(input: $input) { success } }';
const LINK = 'mutation LinkArtifact($input: LinkArtifactInput!) { linkArtifact(input: $input) { versionIndex } }';
const UNLINK = 'mutation UnlinkArtifact($input: UnlinkArtifactInput!) { unlinkArtifact(input: $input) { success } }';
const UPDATE =
  'mutation UpdateArtifact($input: UpdateArtifactInput!) { updateArtifact(input: $input) { artifact { id } } }';
const DELETE =
  'mutation DeleteArtifact($input: DeleteArtifactInput!) { deleteArtifact(input: $input) { artifact { id } } }';
const RENAME = `mutation UpdateArtifactSequence($input: UpdateArtifactSequenceInput!) {
  updateArtifactSequence(input: $input) { artifactCollection { id } } }`;
const TAG = `mutation AddArtifactCollectionTags($input: CreateArtifactCollectionTagAssignmentsInput!) {
  createArtifactCollectionTagAssignments(input: $input) { tags { id } } }`;
const UNTAG = `mutation DeleteArtifactCollectionTags($input: DeleteArtifactCollectionTagAssignmentsInput!) {
  deleteArtifactCollectionTagAssignments(input: $input) { success } }`;
const PLACE = `query Place($entity: String!, $project: String!, $collection: String!) {
  project(entityName: $entity, name: $project) { id artifactCollection(name: $collection) { id } } }`;

export function artifactDeeds(graphql: Graphql): ArtifactDeeds {
  const send = async (document: string, input: object) => void (await graphql(document, { input }));
  const collectionId = async (collection: CollectionName) => (await scopeOf(graphql, collection)).scopeID;
  return {
    addAliases: (artifactID, collection, ...names) => send(ADD, { artifactID, aliases: aliasesIn(collection, names) }),
    removeAliases: (artifactID, collection, ...names) =>
      send(REMOVE, { artifactID, aliases: aliasesIn(collection, names) }),
    link: (artifactID, { entity: entityName, project: projectName, collection }, ...names) =>
      send(LINK, {
        artifactID,
        entityName,
        projectName,
        artifactPortfolioName: collection,
        aliases: names.map((alias) => ({ artifactCollectionName: collection, alias })),
      }),
    unlink: async (artifactID, portfolio) =>
      send(UNLINK, { artifactID, artifactPortfolioID: await collectionId(portfolio) }),
    tag: (artifactID, { add = [], remove = [] }) =>
      send(UPDATE, { artifactID, tagsToAdd: tagsNamed(add), tagsToDelete: tagsNamed(remove) }),
    tagCollection: async (collection, { add = [], remove = [] }) => {
      if (add.length > 0) await send(TAG, { ...named(collection), tags: tagsNamed(add) });
      if (remove.length > 0) await send(UNTAG, { ...named(collection), tags: tagsNamed(remove) });
    },
    delete: (artifactID) => send(DELETE, { artifactID, deleteAliases: true }),
    rename: async (sequence, name) => send(RENAME, { artifactSequenceID: await collectionId(sequence), name }),
    scopeOf: (place) => scopeOf(graphql, place),
  };
}

/** Where an automation watches that is made for an entity, a project or a collection. */
async function scopeOf(graphql: Graphql, place: string | ProjectName | CollectionName): Promise<WireScope> {
  if (typeof place === 'string') {
    const { entity } = await graphql<{ entity: { id: string } }>(ENTITY, { name: place });
    return { scopeType: 'ENTITY', scopeID: entity.id };
  }
  const { project } = await graphql<PlaceData>(PLACE, { collection: '', ...place });
  if (project === null) throw new Error(`there is no project ${place.entity}/${place.project}`);
  if (!('collection' in place)) return { scopeType: 'PROJECT', scopeID: project.id };
  if (project.artifactCollection === null) throw new Error(`there is no collection ${place.collection}`);
  return { scopeType: 'ARTIFACT_COLLECTION', scopeID: project.artifactCollection.id };
}

interface PlaceData {
  readonly project: { readonly id: string; readonly artifactCollection: { readonly id: string } | null } | null;
}

function named({ entity, project, collection }: CollectionName) {
  return { entityName: entity, projectName: project, artifactCollectionName: collection };
}

function aliasesIn(collection: CollectionName, aliases: readonly string[]) {
  return aliases.map((alias) => ({ ...named(collection), alias }));
}

function tagsNamed(tags: readonly string[]) {
  return tags.map((tagName) => ({ tagName }));
}
