import type { Instant } from '../model/clock.ts';
import type { EntityId, ProjectId, UserId } from '../model/ids.ts';
import type { RegistryRole } from '../model/viewer.ts';
import type { Queryable, Transaction } from './database.ts';

/** A user with a role of their own in a registry. */
export interface ProjectMember {
  readonly userId: UserId;
  readonly username: string;
  readonly email: string | null;
  readonly role: RegistryRole;
}

/** Gives a user a role in a registry, instead of the one they had. */
export async function setProjectMember(
  tx: Transaction,
  member: { projectId: ProjectId; userId: UserId; role: RegistryRole; now: Instant },
): Promise<void> {
  await tx.execute(
    `insert into project_member (project_id, user_id, role, created_at)
     values ($1::bigint, $2::bigint, $3::text, to_timestamp($4::float8 / 1000))
     on conflict (project_id, user_id) do update set role = excluded.role`,
    [member.projectId, member.userId, member.role, member.now],
  );
}

/** The users with a role of their own, in the order they came. */
export function projectMembersOf(database: Queryable, projectId: ProjectId): Promise<ProjectMember[]> {
  return database.query<ProjectMember>(
    `select project_member.user_id as "userId", username, email, role
     from project_member join app_user on app_user.id = project_member.user_id
     where project_member.project_id = $1::bigint and app_user.deleted_at is null
     order by project_member.created_at, project_member.user_id`,
    [projectId],
  );
}

/** Ends the roles of users; who has none is passed over. */
export async function removeProjectMembers(
  tx: Transaction,
  projectId: ProjectId,
  userIds: readonly UserId[],
): Promise<void> {
  await tx.execute('delete from project_member where project_id = $1::bigint and user_id = any($2::bigint[])', [
    projectId,
    userIds,
  ]);
}

/** Ends what a user was given in the registries of an organization that they leave. */
export async function removeFromRegistriesOf(tx: Transaction, rootId: EntityId, userId: UserId): Promise<void> {
  await tx.execute(
    `delete from project_member where user_id = $2::bigint
       and project_id in (select id from project where tenant_id = $1::bigint)`,
    [rootId, userId],
  );
}

/** Ends all roles in the registries of entities, and those of these entities in registries. */
export async function removeRegistryMembersOf(tx: Transaction, ids: readonly EntityId[]): Promise<void> {
  await Promise.all([
    tx.execute(
      `delete from project_member where project_id in (select id from project where tenant_id = any($1::bigint[]))`,
      [ids],
    ),
    tx.execute(
      `delete from project_team where entity_id = any($1::bigint[])
         or project_id in (select id from project where tenant_id = any($1::bigint[]))`,
      [ids],
    ),
  ]);
}
