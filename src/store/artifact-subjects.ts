import type { Json } from '../model/json.ts';
import type { EntityKind } from '../model/viewer.ts';
import type { ArtifactKey } from './artifacts.ts';
import type { CollectionKey, CollectionKind } from './collections.ts';
import type { Queryable } from './database.ts';

/** A collection with everything that filters ask and payloads name. */
export interface CollectionSubject extends CollectionKey {
  readonly entity: string;
  readonly entityKind: EntityKind;
  readonly project: string;
  readonly name: string;
  readonly kind: CollectionKind;
  readonly typeName: string;
  readonly tags: readonly string[];
}

/**
 * Reads collections for evaluation, in no order, those that this transaction deleted too. Their locks must be held by
 * an earlier statement.
 */
export async function findCollectionSubjects(
  tx: Queryable,
  keys: readonly CollectionKey[],
): Promise<CollectionSubject[]> {
  return tx.query<CollectionSubject>(
    `select collection.tenant_id as "tenantId", collection.collection_id as "collectionId", entity.name as entity,
       entity.kind as "entityKind", project.name as project, collection.name, collection.kind,
       collection.type_name as "typeName",
       array(select tag from collection_tag
         where collection_tag.tenant_id = collection.tenant_id
           and collection_tag.collection_id = collection.collection_id order by tag) as tags
     from unnest($1::bigint[], $2::bigint[]) as wanted(tenant_id, collection_id)
     join collection using (tenant_id, collection_id)
     join project on project.tenant_id = collection.tenant_id and project.id = collection.project_id
     join entity on entity.id = collection.tenant_id
    where collection.tenant_id = any($1::bigint[])`,
    [keys.map(({ tenantId }) => tenantId), keys.map(({ collectionId }) => collectionId)],
  );
}

/** The content of a version with everything that filters ask and payloads name. */
export interface ArtifactSubject extends ArtifactKey {
  readonly digest: string;
  readonly size: number;
  /** As jsonb holds it: non-finite numbers are marked. */
  readonly metadata: Json;
  /** The run that logged it, by the client's id; `null` when there is none, or it is gone. */
  readonly run: string | null;
  readonly runDisplayName: string | null;
  /** Both as jsonb holds them. */
  readonly runConfig: Json;
  readonly runSummary: Json;
}

/** Reads versions for evaluation, in no order, those that this transaction deleted too. */
export async function findArtifactSubjects(tx: Queryable, keys: readonly ArtifactKey[]): Promise<ArtifactSubject[]> {
  return tx.query<ArtifactSubject>(
    `select artifact.tenant_id as "tenantId", artifact.artifact_id as "artifactId", artifact.digest,
       artifact.size::float8 as size, artifact.metadata, run.name as run, run.display_name as "runDisplayName",
       coalesce(run.config, '{}') as "runConfig", coalesce(run_summary.summary, '{}') as "runSummary"
     from unnest($1::bigint[], $2::bigint[]) as wanted(tenant_id, artifact_id)
     join artifact using (tenant_id, artifact_id)
     left join run on run.tenant_id = artifact.tenant_id and run.run_id = artifact.run_id
     left join run_summary on run_summary.tenant_id = run.tenant_id and run_summary.run_id = run.run_id
    where artifact.tenant_id = any($1::bigint[])`,
    [keys.map(({ tenantId }) => tenantId), keys.map(({ artifactId }) => artifactId)],
  );
}
