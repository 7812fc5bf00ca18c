import { demand } from '../access/demand.ts';
import { invalid, notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordChange } from '../store/audit.ts';
import { lockEntity, type TeamSettings, updateTeamSettings } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import type { EntityPlace } from './find-entity.ts';

/** The settings of a team, for its admins. @throws TriplineError not_found, forbidden, invalid for another entity */
export function readTeamSettings(viewer: Viewer, team: EntityPlace): TeamSettings {
  demandTeamAdmin(viewer, team);
  return { membersManageAutomations: team.membersManageAutomations };
}

/**
 * Changes the settings of a team; what is absent stays as it is. Whoever asks next is answered by the new ones.
 *
 * @throws TriplineError not_found, forbidden, invalid for another entity
 */
export async function changeTeamSettings(
  ground: Ground,
  viewer: Viewer,
  team: EntityPlace,
  change: { readonly membersManageAutomations?: boolean | undefined },
): Promise<TeamSettings> {
  demandTeamAdmin(viewer, team);
  return ground.database.transaction(async (tx) => {
    const before = await lockEntity(tx, team.id, 'alone');
    if (before === undefined) throw notFound(`team '${team.name}' not found`);
    const settings = { membersManageAutomations: change.membersManageAutomations ?? before.membersManageAutomations };
    await updateTeamSettings(tx, team.id, settings);
    await recordChange(tx, viewer, {
      now: ground.clock.now(),
      tenantId: team.tenantId,
      deed: 'team.settings_changed',
      subject: { kind: 'team', id: team.id, name: team.name },
      before: { membersManageAutomations: before.membersManageAutomations },
      after: { ...settings },
    });
    return settings;
  });
}

/** Refuses everyone but the admins of a team, and every entity that is none. @throws TriplineError */
export function demandTeamAdmin(viewer: Viewer, team: EntityPlace): void {
  demand(viewer, 'manage_members', team, `team '${team.name}'`);
  if (team.kind !== 'team') throw invalid(`'${team.name}' is no team`);
}
