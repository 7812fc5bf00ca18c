import { z } from 'zod';
import { DEEDS } from '../../access/deeds.ts';
import { REGISTRY_PREFIX } from '../../model/registry-name.ts';
import type { Entity } from '../../store/entities.ts';
import type { Member } from '../../store/members.ts';
import type { ProjectPlace } from '../../store/projects.ts';
import { id, instant, isoInstant, role, visibility } from './schemas.ts';

export const entity = z
  .object({ id, name: z.string(), kind: z.enum(['organization', 'team', 'personal']), createdAt: instant })
  .meta({ id: 'Entity' });

export const member = z.object({ username: z.string(), role, serviceAccount: z.boolean() }).meta({ id: 'Member' });

export const newMember = z.strictObject({ username: z.string(), role }).meta({ id: 'NewMember' });

export const project = z
  .object({
    id,
    name: z.string(),
    entity: z.string(),
    visibility,
    registry: z.string().nullable().describe('its name as a registry; null for other projects'),
    description: z.string().nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Project' });

export const projectDetails = z
  .object({ ...project.shape, may: z.array(z.enum(DEEDS)).describe('what you may do there') })
  .meta({ id: 'ProjectDetails' });

export function toEntity({ id, name, kind, createdAt }: Entity): z.output<typeof entity> {
  return { id, name, kind, createdAt: isoInstant(createdAt) };
}

export function toMember({ username, role, serviceOf }: Pick<Member, 'username' | 'role' | 'serviceOf'>) {
  return { username, role, serviceAccount: serviceOf !== null } satisfies z.output<typeof member>;
}

export function toProject(place: ProjectPlace): z.output<typeof project> {
  const { id, name, entityName, visibility, registryId, description, createdAt } = place;
  const registry = registryId === null ? null : name.slice(REGISTRY_PREFIX.length);
  return { id, name, entity: entityName, visibility, registry, description, createdAt: isoInstant(createdAt) };
}
