import { z } from 'zod';
import { createCollection } from '../../tracking/create-collection.ts';
import { deleteCollection } from '../../tracking/delete-collection.ts';
import { editCollection } from '../../tracking/edit-collection.ts';
import { addCollectionTags, deleteCollectionTags } from '../../tracking/tag-collection.ts';
import type { RestResource } from './app.ts';
import { collectionChange, collection as collectionSchema, newCollection, toCollection } from './artifact-schemas.ts';
import { collectionAt, ofCollection } from './collection-of.ts';
import { ofProject, requireProject } from './projects.ts';
import { answers, nothing } from './schemas.ts';
import { showCollection } from './shown-collections.ts';

const tags = ['artifacts'];
const COLLECTIONS = '/entities/:entity/projects/:project/artifacts';
const COLLECTION = `${COLLECTIONS}/:collection`;
const ofTag = ofCollection.extend({ tag: z.string() });

/** Changes of artifact collections: the same deeds as a client's, and the same events. */
export const collectionDeeds: RestResource = (app, { ground, tracking }) => {
  app.post(
    COLLECTIONS,
    {
      schema: {
        tags,
        summary: 'Make an empty collection of a registry',
        params: ofProject,
        body: newCollection,
        response: answers(201, collectionSchema),
      },
    },
    async ({ viewer, params, body: { name, type: typeName, description } }, reply) => {
      const project = await requireProject(ground, viewer, params);
      const made = await createCollection(tracking, viewer, project, { name, typeName, description });
      return reply.code(201).send(toCollection(await showCollection(ground, made)));
    },
  );

  app.patch(
    COLLECTION,
    {
      schema: {
        tags,
        summary: 'Rename or describe an artifact collection, or move one that versions are logged to to another type',
        params: ofCollection,
        body: collectionChange,
        response: answers(200, collectionSchema),
      },
    },
    async ({ viewer, params, body: { name, description, type: typeName } }) => {
      const { collection } = await collectionAt(ground, viewer, params);
      const edit = { name, description, typeName };
      const edited = await editCollection(tracking, viewer, collection, collection.kind, edit);
      return toCollection(await showCollection(ground, edited));
    },
  );

  app.delete(
    COLLECTION,
    {
      schema: {
        tags,
        summary: 'Delete an artifact collection with its automations: its versions, or the links in it',
        params: ofCollection,
        response: nothing,
      },
    },
    async ({ viewer, params }, reply) => {
      const { collection } = await collectionAt(ground, viewer, params);
      await deleteCollection(tracking, viewer, collection, collection.kind);
      return reply.code(204).send(null);
    },
  );

  app.put(
    `${COLLECTION}/tags/:tag`,
    { schema: { tags, summary: 'Give an artifact collection a tag', params: ofTag, response: nothing } },
    async ({ viewer, params: { tag, ...address } }, reply) => {
      const { project, collection } = await collectionAt(ground, viewer, address);
      await addCollectionTags(tracking, viewer, { project, collectionName: collection.name, tags: [tag] });
      return reply.code(204).send(null);
    },
  );

  app.delete(
    `${COLLECTION}/tags/:tag`,
    { schema: { tags, summary: 'Take a tag from an artifact collection', params: ofTag, response: nothing } },
    async ({ viewer, params: { tag, ...address } }, reply) => {
      const { project, collection } = await collectionAt(ground, viewer, address);
      await deleteCollectionTags(tracking, viewer, { project, collectionName: collection.name, tags: [tag] });
      return reply.code(204).send(null);
    },
  );
};
