import { isRegistry } from '../../../access/registry-role-at.ts';
import type { EntityPlace } from '../../../directory/find-entity.ts';
import { findProject } from '../../../directory/find-project.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import { type RegistryKey, type RegistrySettings, registrySettings } from '../../../store/registries.ts';
import { Batch } from './batch.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';

/** Registries: projects of an organization's entity (wandb protocol, section 7). */
export const registry: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Entity {
      "Null for a project that is unknown or hidden."
      project(name: String): Project
    }
    extend type Project {
      "Null for a project that is no registry."
      allowAllArtifactTypesInRegistry: Boolean
    }
    extend type Organization {
      advancedRegistryFeatures: AdvancedRegistryFeatures
    }
    type AdvancedRegistryFeatures {
      advancedSearch: Boolean!
    }
  `,
  resolvers: {
    Entity: {
      project: (entity: EntityPlace, args: { name?: string }, { ground, viewer }) =>
        args.name === undefined ? null : findProject(ground, viewer, entity.name, args.name),
    },
    Project: {
      allowAllArtifactTypesInRegistry: async (project: ProjectPlace, _args, context) =>
        (await settingsOf(project, context))?.allowAllTypes,
    },
    Organization: {
      // the client then asks in the plain fields of section 7.6
      advancedRegistryFeatures: () => ({ advancedSearch: false }),
    },
  },
};

/** The types of a registry, in use or only allowed, by name. */
export async function allTypesOf(project: ProjectPlace, context: GraphqlContext): Promise<readonly string[]> {
  return (await settingsOf(project, context))?.types ?? [];
}

async function settingsOf(project: ProjectPlace, context: GraphqlContext): Promise<RegistrySettings | undefined> {
  if (!isRegistry(project)) return undefined;
  return (await settings(context)).load({ tenantId: project.tenantId, projectId: project.id });
}

/** The settings of a page of registries with one statement. */
function settings({ ground, once }: GraphqlContext): Promise<Batch<RegistryKey, RegistrySettings>> {
  return once(
    'registry settings',
    async () =>
      new Batch(
        ({ projectId }) => projectId,
        (keys) => registrySettings(ground.database, keys),
      ),
  );
}
