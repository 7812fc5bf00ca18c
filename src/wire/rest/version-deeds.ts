import { z } from 'zod';
import { addAliases } from '../../tracking/add-aliases.ts';
import { deleteAliases } from '../../tracking/delete-aliases.ts';
import { deleteArtifact } from '../../tracking/delete-artifact.ts';
import { linkArtifact } from '../../tracking/link-artifact.ts';
import { unlinkArtifact } from '../../tracking/unlink-artifact.ts';
import { updateArtifact } from '../../tracking/update-artifact.ts';
import type { RestResource } from './app.ts';
import { newLink, place, versionChange } from './artifact-schemas.ts';
import { ofVersion } from './collection-of.ts';
import { versionAt } from './found-version.ts';
import { requireProject } from './projects.ts';
import { answers, nothing } from './schemas.ts';

const tags = ['artifacts'];
const VERSION = '/entities/:entity/projects/:project/artifacts/:collection/versions/:version';
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
