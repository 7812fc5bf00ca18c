import { createRegistry } from '../src/directory/create-registry.ts';
import { findProject } from '../src/directory/find-project.ts';
import { requireOrganization } from '../src/directory/require-entity.ts';
import { upsertProject } from '../src/directory/upsert-project.ts';
import { DEFAULT_FLOOD_LIMITS } from '../src/engine/flood-limit.ts';
import type { Viewer } from '../src/model/viewer.ts';
import type { ArtifactKey } from '../src/store/artifacts.ts';
import type { Collection } from '../src/store/collections.ts';
import { ensurePartitions } from '../src/store/partitions.ts';
import type { ProjectPlace } from '../src/store/projects.ts';
import { HeldCounts } from '../src/tracking/held-counts.ts';
import type { TrackingRoom } from '../src/tracking/room.ts';
import { Rulebooks } from '../src/tracking/rulebooks.ts';
import { WindowCache } from '../src/tracking/window-cache.ts';
import { openStage, type Stage } from './directory-stage.ts';
import type { DatabaseName } from './support/databases.ts';
import { seedSequence, seedVersion } from './support/seeded-versions.ts';

/** What a collection shows: versions by number, each with its aliases. */
export type Shown = Readonly<Record<string, readonly string[]>>;

/** A team's project, a registry of its organization, and a member of both who edits. */
export interface EditScene {
  readonly ann: Viewer;
  readonly project: ProjectPlace;
  readonly registry: ProjectPlace;
  /** Accepts models only. */
  readonly strict: ProjectPlace;
  sequence(name: string, typeName?: string): Promise<Collection>;
  version(sequence: Collection, state?: 'pending' | 'committed'): Promise<ArtifactKey>;
}

export interface EditStage extends Stage {
  readonly room: TrackingRoom;
  scene(): Promise<EditScene>;
  /** A living collection as people see it; `undefined` for one that is gone. */
  shown(project: ProjectPlace, name: string): Promise<Shown | undefined>;
  files(version: ArtifactKey): Promise<readonly unknown[]>;
  collectionTags(collection: Collection): Promise<readonly string[]>;
  /** An automation whose scope is a collection, past the rules of definitions. @returns its id */
  automate(scene: EditScene, collection: Collection): Promise<string>;
  isDeleted(automationId: string): Promise<boolean>;
  /** What the audit log tells of a thing, the oldest first. */
  told(subjectId: string): Promise<readonly string[]>;
  /** How many events of a type there are of a version. */
  events(version: string, type: string): Promise<number>;
  /** Terms of metadata that are stored for no version, or not stored for one. */
  strayTerms(): Promise<readonly unknown[]>;
  /** Everything that is stored of artifacts, to hold that a refusal changed nothing. */
  everything(): Promise<unknown>;
}

export async function openEditStage(name: DatabaseName): Promise<EditStage> {
  const stage = await openStage(name);
  const { ground } = stage;
  const { database } = ground;
  await ensurePartitions(database, ground.clock.now());
  return {
    ...stage,
    room: {
      ground,
      rulebooks: new Rulebooks(() => {}),
      windows: new WindowCache(1024 * 1024),
      held: new HeldCounts(),
      floodLimits: DEFAULT_FLOOD_LIMITS,
      runUrl: () => '',
      artifactUrl: () => '',
      woken: () => {},
      columnsWanted: () => {},
    },
    scene: async () => {
      const { username } = await stage.user('ann');
      const { organization, team } = await stage.team([{ username, role: 'admin' }]);
      await database.execute(
        `insert into member (entity_id, user_id, role, created_at)
         select $1::bigint, id, 'admin', to_timestamp(0) from app_user where username = $2::text
         on conflict (entity_id, user_id) do update set role = 'admin'`,
        [organization.id, username],
      );
      const ann = await stage.signIn(username);
      await upsertProject(ground, ann, { entityName: team.name, name: 'vision' });
      const place = await requireOrganization(ground, ann, organization.name);
      const accepted = { visibility: 'Team', description: null, allowAllTypes: null } as const;
      await createRegistry(ground, ann, place, { ...accepted, name: 'wandb-registry-model', types: [] });
      await createRegistry(ground, ann, place, { ...accepted, name: 'wandb-registry-strict', types: ['model'] });
      const project = (await findProject(ground, ann, team.name, 'vision'))!;
      const registry = (await findProject(ground, ann, organization.name, 'wandb-registry-model'))!;
      const strict = (await findProject(ground, ann, organization.name, 'wandb-registry-strict'))!;
      const seeds = { tenantId: project.tenantId, projectId: project.id, userId: ann.userId };
      return {
        ann,
        project,
        registry,
        strict,
        sequence: (called, typeName) => seedSequence(ground, seeds, called, typeName),
        version: (sequence, state) => seedVersion(ground, sequence, state),
      };
    },
    shown: async ({ tenantId, id }, called) => {
      const [collection] = await database.query<{ id: string; count: number }>(
        `select collection_id as id, version_count as count from collection
          where tenant_id = $1::bigint and project_id = $2::bigint and name = $3::text and deleted_at is null`,
        [tenantId, id, called],
      );
      if (collection === undefined) return undefined;
      const rows = await database.query<{ version: number; aliases: string[] }>(
        `select version_index as version, array_remove(array_agg(alias order by alias), null) as aliases
           from membership left join alias using (tenant_id, collection_id, version_index)
          where tenant_id = $1::bigint and collection_id = $2::bigint group by version_index order by version_index`,
        [tenantId, collection.id],
      );
      if (rows.length !== collection.count) throw new Error(`${collection.count} versions are counted`);
      return Object.fromEntries(rows.map(({ version, aliases }) => [`v${version}`, aliases]));
    },
    files: ({ tenantId, artifactId }) =>
      database.query('select path from artifact_file where tenant_id = $1::bigint and artifact_id = $2::bigint', [
        tenantId,
        artifactId,
      ]),
    collectionTags: async ({ tenantId, collectionId }) => {
      const rows = await database.query<{ tag: string }>(
        'select tag from collection_tag where tenant_id = $1::bigint and collection_id = $2::bigint order by tag',
        [tenantId, collectionId],
      );
      return rows.map(({ tag }) => tag);
    },
    automate: async ({ project }, { tenantId, collectionId }) => {
      const [row] = await database.query<{ id: string }>(
        `insert into automation (root_id, tenant_id, scope_kind, scope_id, name, enabled, definition, revision,
           condition_revision, rulebook_version, created_at)
         values ($1::bigint, $2::bigint, 'collection', $3::bigint, 'a', false, '{}', 1, 1, 0, to_timestamp(0))
         returning id`,
        [project.rootId, tenantId, collectionId],
      );
      return row!.id;
    },
    isDeleted: async (automationId) => {
      const [row] = await database.query<{ deleted: boolean }>(
        'select deleted_at is not null as deleted from automation where id = $1::bigint',
        [automationId],
      );
      return row!.deleted;
    },
    told: async (subjectId) => {
      const rows = await database.query<{ deed: string }>(
        'select deed from audit_entry where subject_id = $1::text order by id',
        [subjectId],
      );
      return rows.map(({ deed }) => deed);
    },
    events: async (version, type) => {
      const rows = await database.query('select from event where subject_id = $1::bigint and type = $2::text', [
        version,
        type,
      ]);
      return rows.length;
    },
    strayTerms: () =>
      database.query(
        `with wanted as (
           select membership.tenant_id, membership.collection_id, term.key, term.text, term.number,
             membership.version_index from membership
             join artifact on artifact.tenant_id = membership.artifact_tenant_id
              and artifact.artifact_id = membership.artifact_id
             cross join version_terms(artifact.metadata, artifact.size) term)
         (select * from version_term except select * from wanted)
         union all (select * from wanted except select * from version_term)`,
      ),
    everything: async () => {
      const tables = ['artifact_type', 'collection', 'artifact', 'artifact_file', 'membership', 'alias'];
      const rows = [...tables, 'version_tag', 'collection_tag', 'automation'].map((table) =>
        database.query(`select row_to_json(stored)::text as row from ${table} as stored order by 1`),
      );
      return Promise.all(rows);
    },
  };
}
