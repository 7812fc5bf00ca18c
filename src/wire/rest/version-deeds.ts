import { z } from 'zod';
import { addAliases } from '../../tracking/add-aliases.ts';
import { deleteAliases } from '../../tracking/delete-aliases.ts';
import { deleteArtifact } from '../../tracking/delete-artifact.ts';
import { deleteVersions } from '../../tracking/delete-versions.ts';
import { linkArtifact } from '../../tracking/link-artifact.ts';
import { unlinkArtifact } from '../../tracking/unlink-artifact.ts';
import { updateArtifact } from '../../tracking/update-artifact.ts';
import type { RestResource } from './app.ts';
import { newLink, place, versionChange } from './artifact-schemas.ts';
import { collectionAt, ofCollection, ofVersion } from './collection-of.ts';
import { versionAt } from './found-version.ts';
import { requireProject } from './projects.ts';
import { answers, nothing } from './schemas.ts';
import { someVersions, toRemoved, versionsRemoved } from './version-removals.ts';

const tags = ['artifacts'];
const COLLECTION = '/entities/:entity/projects/:project/artifacts/:collection';
const VERSION = `${COLLECTION}/versions/:version`;
const ofAlias = ofVersion.extend({ alias: z.string() });
const ofTag = ofVersion.extend({ tag: z.string() });

const deleteQuery = z.strictObject({
  deleteAliases: z
    .enum(['true', 'false'])
    .default('false')
    .describe('whether it may be one that aliases other than latest lead to'),
});

/** Changes of versions: the same deeds as a client's, and the same events. */
export const versionDeeds: RestResource = (app, { ground, tracking }) => {
  app.patch(
    VERSION,
    {
      schema: {
        tags,
        summary: 'Change the description, the metadata or the time to live of an artifact version',
        params: ofVersion,
        body: versionChange,
        response: nothing,
      },
    },
    async ({ viewer, params, body: { metadataText: metadata, ...text } }, reply) => {
      const { key } = await versionAt(ground, viewer, params);
      await updateArtifact(tracking, viewer, key, { ...text, metadata });
      return reply.code(204).send(null);
    },
  );

  app.delete(
    VERSION,
    {
      schema: {
        tags,
        summary: 'Delete an artifact version, here and where it is linked to',
        params: ofVersion,
        querystring: deleteQuery,
        response: nothing,
      },
    },
    async ({ viewer, params, query }, reply) => {
      const { key } = await versionAt(ground, viewer, params);
      await deleteArtifact(tracking, viewer, key, query.deleteAliases === 'true');
      return reply.code(204).send(null);
    },
  );

  app.post(
    `${COLLECTION}/version-removals`,
    {
      schema: {
        tags,
        summary: 'Delete some versions of a collection that versions are logged to, here and where they are linked to',
        description:
          'Those that aliases other than latest lead to are kept, and told; those that there are not are left out. Each 20 are deleted all or none.',
        params: ofCollection,
        body: someVersions,
        response: answers(200, versionsRemoved),
      },
    },
    async ({ viewer, params, body: { versions, dryRun } }) => {
      const { project, collection: sequence } = await collectionAt(ground, viewer, params);
      const numbers = versions.map((version) => Number(version.slice(1)));
      return toRemoved(await deleteVersions(tracking, viewer, { project, sequence, numbers, dryRun }));
    },
  );

  app.put(
    `${VERSION}/aliases/:alias`,
    {
      schema: {
        tags,
        summary: 'Give an artifact version an alias in this collection; it leaves its present holder',
        params: ofAlias,
        response: nothing,
      },
    },
    async ({ viewer, params: { alias, ...address } }, reply) => {
      const { project, collection, key } = await versionAt(ground, viewer, address);
      await addAliases(tracking, viewer, key, [{ project, collectionName: collection.name, aliases: [alias] }]);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    `${VERSION}/aliases/:alias`,
    {
      schema: {
        tags,
        summary: 'Take an alias in this collection from an artifact version',
        params: ofAlias,
        response: nothing,
      },
    },
    async ({ viewer, params: { alias, ...address } }, reply) => {
      const { project, collection, key } = await versionAt(ground, viewer, address);
      await deleteAliases(tracking, viewer, key, [{ project, collectionName: collection.name, aliases: [alias] }]);
      return reply.code(204).send(null);
    },
  );

  app.put(
    `${VERSION}/tags/:tag`,
    { schema: { tags, summary: 'Give an artifact version a tag', params: ofTag, response: nothing } },
    async ({ viewer, params: { tag, ...address } }, reply) => {
      const { key } = await versionAt(ground, viewer, address);
      await updateArtifact(tracking, viewer, key, { tagsToAdd: [tag] });
      return reply.code(204).send(null);
    },
  );

  app.delete(
    `${VERSION}/tags/:tag`,
    { schema: { tags, summary: 'Take a tag from an artifact version', params: ofTag, response: nothing } },
    async ({ viewer, params: { tag, ...address } }, reply) => {
      const { key } = await versionAt(ground, viewer, address);
      await updateArtifact(tracking, viewer, key, { tagsToDelete: [tag] });
      return reply.code(204).send(null);
    },
  );

  app.post(
    `${VERSION}/links`,
    {
      schema: {
        tags,
        summary: 'Link an artifact version to a collection of a registry or another project, made when it is missing',
        params: ofVersion,
        body: newLink,
        response: answers(201, place),
      },
    },
    async ({ viewer, params, body }, reply) => {
      const { key, collection } = await versionAt(ground, viewer, params);
      const project = await requireProject(ground, viewer, body);
      const target = { project, collectionName: body.collection, aliases: body.aliases };
      const { versionIndex } = await linkArtifact(tracking, viewer, key, target);
      return reply.code(201).send({
        ...{ entity: project.entityName, project: project.name, collection: body.collection },
        ...{ type: collection.typeName, version: `v${versionIndex}` },
      });
    },
  );

  app.delete(
    `${VERSION}/link`,
    {
      schema: {
        tags,
        summary: 'End the link of an artifact version to this collection, with its aliases here',
        params: ofVersion,
        response: nothing,
      },
    },
    async ({ viewer, params }, reply) => {
      const { key, collection } = await versionAt(ground, viewer, params);
      await unlinkArtifact(tracking, viewer, key, collection);
      return reply.code(204).send(null);
    },
  );
};
