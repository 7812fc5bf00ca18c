import { demand } from '../access/demand.ts';
import { mayEditAlias } from '../access/may-edit-alias.ts';
import type { Instant } from '../model/clock.ts';
import { forbidden } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import type { Viewer } from '../model/viewer.ts';
import type { ArtifactKey } from '../store/artifacts.ts';
import { recordDeed } from '../store/audit.ts';
import type { Queryable, Transaction } from '../store/database.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { protectedAliasesOf } from '../store/registries.ts';

/**
 * Refuses to give, move or take away aliases in a collection of a project, unless the viewer may do that: protected
 * ones are for admins of the registry (automations, section 1.1).
 *
 * @throws TriplineError not_found, forbidden
 */
export async function demandAliasEdit(
  database: Queryable,
  viewer: Viewer,
  project: ProjectPlace,
  aliases: readonly string[],
): Promise<void> {
  demand(viewer, 'log', project, `project '${project.name}'`);
  if (project.registryId === null || aliases.length === 0) return;
  const kept = await protectedAliasesOf(database, { tenantId: project.tenantId, projectId: project.id });
  const refused = aliases.find((alias) => !mayEditAlias(viewer, project, alias, kept));
  if (refused === undefined) return;
  throw forbidden(`permission denied: alias '${refused}' is protected, only an admin of the registry may change it`);
}

/** What becomes of aliases of a version in a project. */
interface AliasEdit {
  readonly project: ProjectPlace;
  readonly artifact: ArtifactKey;
  readonly aliases: readonly string[];
  readonly fate: 'given' | 'taken';
}

/** Leaves an entry in the audit log where protected aliases are given or taken: others are no settings. */
export async function recordProtectedAliases(
  tx: Transaction,
  viewer: Viewer,
  { project, artifact, aliases, fate }: AliasEdit,
  now: Instant,
): Promise<void> {
  const { id, tenantId, name, registryId } = project;
  if (registryId === null || aliases.length === 0) return;
  const kept = await protectedAliasesOf(tx, { tenantId, projectId: id });
  const edited = aliases.filter((alias) => kept.has(alias));
  if (edited.length === 0) return;
  const facts: Json = { aliases: edited, artifact: artifact.artifactId };
  const change = fate === 'given' ? { after: facts } : { before: facts };
  const subject = { kind: 'registry', id, name };
  await recordDeed(tx, viewer, { now, tenantId, deed: 'alias.protected_changed', subject, ...change });
}
