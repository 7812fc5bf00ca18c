import type { Origin } from './audit.ts';
import type { EntityId, ProjectId, SessionId, TenantId, UserId } from './ids.ts';

/** Roles in an organization or team, weakest first. */
export const ROLES = ['viewer', 'member', 'admin'] as const;

export type Role = (typeof ROLES)[number];

/** Roles in a registry, weakest first. */
export const REGISTRY_ROLES = ['restricted_viewer', ...ROLES] as const;

export type RegistryRole = (typeof REGISTRY_ROLES)[number];

/** Who may see and write a project (automations, section 1.1). */
export const VISIBILITIES = ['Open', 'Public', 'Team', 'Restricted'] as const;

export type Visibility = (typeof VISIBILITIES)[number];

/** The authenticated caller of a request, with every role that decides what they may do. */
export interface Viewer {
  readonly userId: UserId;
  readonly username: string;
  readonly email: string | undefined;
  /** Instance admins may do everything. */
  readonly admin: boolean;
  /** The personal entity; the team of a service account. */
  readonly entityId: EntityId;
  /** Name of the entity that is used when a request names none. */
  readonly defaultEntity: string;
  /** Direct memberships, the personal entity (as admin) among them. */
  readonly roles: ReadonlyMap<EntityId, Role>;
  /** What they were invited to, alone or with a team of theirs: the stronger role of each registry. */
  readonly registryRoles: ReadonlyMap<ProjectId, RegistryRole>;
  /** From where they ask; absent when no request is behind the deed. */
  readonly origin?: Origin;
  /** The session of their browser; absent when they showed an API key. */
  readonly session?: SessionId;
  /** The team of a service account; `undefined` for people. */
  readonly serviceOf?: EntityId | undefined;
  /** The member of the team for whom a service account works in this request: its rights stay the account's own. */
  readonly onBehalfOf?: Person | undefined;
}

/** Somebody by whom runs and events are authored. */
export interface Person {
  readonly userId: UserId;
  readonly username: string;
}

/** To whom what a viewer does is attributed (automations, section 1.1). */
export function authorOf({ userId, username, onBehalfOf }: Viewer): Person {
  return onBehalfOf ?? { userId, username };
}

export type EntityKind = 'organization' | 'team' | 'personal';

/** Where a deed happens: an entity, or a project of it. */
export interface Place {
  readonly tenantId: TenantId;
  /** The organization's entity, or the entity itself when it has none. */
  readonly rootId: EntityId;
  /** Of the project; `undefined` when the place is the entity itself. */
  readonly visibility: Visibility | undefined;
  /** Of the project when it is a registry: other roles count there. */
  readonly registryId?: ProjectId | null;
  /** The setting of the team that owns it: its members manage the automations of its projects. */
  readonly membersManageAutomations?: boolean | undefined;
  /** The entity, as refusals name it. */
  readonly entityName?: string;
  readonly entityKind?: EntityKind;
}
