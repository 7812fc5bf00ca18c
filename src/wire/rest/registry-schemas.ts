import { z } from 'zod';
import { DEEDS } from '../../access/deeds.ts';
import { permits } from '../../access/permits.ts';
import type { Registry } from '../../directory/find-registry.ts';
import { registryRevision } from '../../directory/registry-revision.ts';
import { REGISTRY_PREFIX } from '../../model/registry-name.ts';
import { REGISTRY_ROLES, type Viewer } from '../../model/viewer.ts';
import type { ProjectMember } from '../../store/project-members.ts';
import type { ProjectTeam } from '../../store/project-teams.ts';
import type { RegistrySettings } from '../../store/registries.ts';
import { id, instant, isoInstant } from './schemas.ts';

const name = z.string().describe(`without '${REGISTRY_PREFIX}', with which its project's name begins`);
const visibility = z.enum(['Team', 'Restricted']).describe('Team: the organization; Restricted: who is invited');
const artifactTypes = z.array(z.string()).max(1_000);
const protectedAliases = z
  .array(z.string())
  .max(1_000)
  .describe('aliases that only admins of the registry set and remove');
const registryRole = z.enum(REGISTRY_ROLES);

export const registry = z
  .object({
    id,
    name,
    visibility: z.string(),
    description: z.string().nullable(),
    allowAllArtifactTypes: z.boolean(),
    artifactTypes: artifactTypes.describe('those allowed and those in use'),
    protectedAliases,
    revision: z
      .string()
      .describe('of name, visibility, description, protected aliases and whether all types are taken'),
    may: z.array(z.enum(DEEDS)).describe('what you may do there'),
    createdAt: instant,
  })
  .meta({ id: 'Registry' });

export const newRegistry = z
  .strictObject({
    name,
    visibility: visibility.default('Team'),
    description: z.string().nullable().default(null),
    artifactTypes: artifactTypes.default([]).describe('the only ones that may be linked; none means all'),
  })
  .meta({ id: 'NewRegistry' });

export const registryChange = z
  .strictObject({
    name: name.optional(),
    visibility: visibility.optional(),
    description: z.string().optional(),
    allowAllArtifactTypes: z.boolean().optional(),
    artifactTypes: artifactTypes.optional().describe('allowed from now on; none is taken away'),
    protectedAliases: protectedAliases.optional(),
    revision: z
      .string()
      .max(100)
      .optional()
      .describe(
        'that was read before the change was made: it is refused with 409 when somebody changed the registry since',
      ),
  })
  .meta({ id: 'RegistryChange' });

const registryUser = z.object({ username: z.string(), role: registryRole }).meta({ id: 'RegistryUser' });
const registryTeam = z.object({ team: z.string(), role: registryRole }).meta({ id: 'RegistryTeam' });

export const registryMembers = z
  .object({ users: z.array(registryUser), teams: z.array(registryTeam) })
  .meta({ id: 'RegistryMembers' });

export const roleInRegistry = z.strictObject({ role: registryRole }).meta({ id: 'RoleInRegistry' });

export function toRegistry(
  viewer: Viewer,
  place: Registry,
  settings: RegistrySettings | undefined,
): z.output<typeof registry> {
  return {
    id: place.id,
    name: place.name.slice(REGISTRY_PREFIX.length),
    visibility: place.visibility,
    description: place.description,
    allowAllArtifactTypes: settings?.allowAllTypes ?? true,
    artifactTypes: [...(settings?.types ?? [])],
    protectedAliases: [...(settings?.protectedAliases ?? [])],
    revision: registryRevision(place, settings),
    may: DEEDS.filter((deed) => permits(viewer, deed, place)),
    createdAt: isoInstant(place.createdAt),
  };
}

export function toRegistryMembers(
  users: readonly ProjectMember[],
  teams: readonly ProjectTeam[],
): z.output<typeof registryMembers> {
  return {
    users: users.map(({ username, role }) => ({ username, role })),
    teams: teams.map(({ team, role }) => ({ team: team.name, role })),
  };
}
