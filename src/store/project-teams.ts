import type { Instant } from '../model/clock.ts';
import type { EntityId, ProjectId } from '../model/ids.ts';
import type { RegistryRole } from '../model/viewer.ts';
import type { Queryable, Transaction } from './database.ts';
import { ENTITY_COLUMNS, type Entity } from './entities.ts';

/** A team whose members have a role in a registry. */
export interface ProjectTeam {
  readonly team: Entity;
  readonly role: RegistryRole;
}

/** Gives a team a role in a registry, instead of the one it had. */
export async function setProjectTeam(
  tx: Transaction,
  team: { projectId: ProjectId; teamId: EntityId; role: RegistryRole; now: Instant },
): Promise<void> {
  await tx.execute(
    `insert into project_team (project_id, entity_id, role, created_at)
     values ($1::bigint, $2::bigint, $3::text, to_timestamp($4::float8 / 1000))
     on conflict (project_id, entity_id) do update set role = excluded.role`,
    [team.projectId, team.teamId, team.role, team.now],
  );
}

/** The teams with a role, in the order they came. */
export async function projectTeamsOf(database: Queryable, projectId: ProjectId): Promise<ProjectTeam[]> {
  const rows = await database.query<Entity & { role: RegistryRole }>(
    `select ${ENTITY_COLUMNS}, project_team.role from project_team join entity on entity.id = project_team.entity_id
     where project_team.project_id = $1::bigint and entity.deleted_at is null
     order by project_team.created_at, project_team.entity_id`,
    [projectId],
  );
  return rows.map(({ role, ...team }) => ({ team, role }));
}

/** Ends the roles of teams; which has none is passed over. */
export async function removeProjectTeams(
  tx: Transaction,
  projectId: ProjectId,
  teamIds: readonly EntityId[],
): Promise<void> {
  await tx.execute('delete from project_team where project_id = $1::bigint and entity_id = any($2::bigint[])', [
    projectId,
    teamIds,
  ]);
}
