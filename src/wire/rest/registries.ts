import { z } from 'zod';
import { changeRegistry } from '../../directory/change-registry.ts';
import { createRegistry } from '../../directory/create-registry.ts';
import { deleteProject } from '../../directory/delete-project.ts';
import { asRegistry, type Registry, requireRegistry } from '../../directory/find-registry.ts';
import { listRegistries } from '../../directory/list-registries.ts';
import { renameProject } from '../../directory/rename-project.ts';
import { requireOrganization } from '../../directory/require-entity.ts';
import { REGISTRY_PREFIX } from '../../model/registry-name.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Ground } from '../../store/ground.ts';
import { registrySettings } from '../../store/registries.ts';
import type { RestResource } from './app.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { newRegistry, registry, registryChange, toRegistry } from './registry-schemas.ts';
import { answers, nothing } from './schemas.ts';

const tags = ['registries'];
const ofOrganization = z.object({ org: z.string() });
const ofRegistry = z.object({ org: z.string(), registry: z.string() });

/** Registries of organizations. */
export const registries: RestResource = (app, { ground }) => {
  app.get(
    '/organizations/:org/registries',
    {
      schema: {
        tags,
        summary: 'List the registries that you may see, by name',
        params: ofOrganization,
        querystring: pageQuery,
        response: answers(200, pageOf(registry)),
      },
    },
    async ({ viewer, params, query: { limit, cursor } }) => {
      const organization = await requireOrganization(ground, viewer, params.org);
      const [after = null] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
      const page = cutPage(await listRegistries(ground, viewer, organization, { after, limit }), limit, ({ name }) => [
        name,
      ]);
      return { ...page, items: await shown(ground, viewer, page.items) };
    },
  );

  app.post(
    '/organizations/:org/registries',
    {
      schema: {
        tags,
        summary: 'Create a registry',
        params: ofOrganization,
        body: newRegistry,
        response: answers(201, registry),
      },
    },
    async ({ viewer, params, body }, reply) => {
      const organization = await requireOrganization(ground, viewer, params.org);
      const { visibility, description, artifactTypes: types } = body;
      const input = { name: REGISTRY_PREFIX + body.name, visibility, description, allowAllTypes: null, types };
      return reply
        .code(201)
        .send(await shownOne(ground, viewer, await createRegistry(ground, viewer, organization, input)));
    },
  );

  app.get(
    '/organizations/:org/registries/:registry',
    { schema: { tags, summary: 'Read a registry', params: ofRegistry, response: answers(200, registry) } },
    async ({ viewer, params }) =>
      shownOne(ground, viewer, await requireRegistry(ground, viewer, params.org, params.registry)),
  );

  app.patch(
    '/organizations/:org/registries/:registry',
    {
      schema: {
        tags,
        summary: 'Change a registry',
        params: ofRegistry,
        body: registryChange,
        response: answers(200, registry),
      },
    },
    async ({ viewer, params, body }) => {
      const found = await requireRegistry(ground, viewer, params.org, params.registry);
      const { name, allowAllArtifactTypes: allowAllTypes, artifactTypes: addedTypes, ...others } = body;
      const changed = await changeRegistry(ground, viewer, found, { ...others, allowAllTypes, addedTypes });
      if (name === undefined) return shownOne(ground, viewer, changed);
      return shownOne(ground, viewer, asRegistry(await renameProject(ground, viewer, changed, REGISTRY_PREFIX + name)));
    },
  );

  app.delete(
    '/organizations/:org/registries/:registry',
    {
      schema: {
        tags,
        summary: 'Delete a registry: its collections, the links in them, and its automations',
        params: ofRegistry,
        response: nothing,
      },
    },
    async ({ viewer, params }, reply) => {
      await deleteProject(ground, viewer, await requireRegistry(ground, viewer, params.org, params.registry));
      return reply.code(204).send(null);
    },
  );
};

async function shown(ground: Ground, viewer: Viewer, found: readonly Registry[]) {
  const keys = found.map(({ id, tenantId }) => ({ projectId: id, tenantId }));
  const settings = await registrySettings(ground.database, keys);
  return found.map((each) => toRegistry(viewer, each, settings.get(each.id)));
}

async function shownOne({ database }: Ground, viewer: Viewer, found: Registry) {
  const settings = await registrySettings(database, [{ projectId: found.id, tenantId: found.tenantId }]);
  return toRegistry(viewer, found, settings.get(found.id));
}
