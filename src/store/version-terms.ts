import type { ArtifactKey } from './artifacts.ts';
import type { CollectionKey } from './collections.ts';
import type { Transaction } from './database.ts';

/** A version at one of its places. */
interface Place extends CollectionKey {
  readonly versionIndex: number;
}

/** The values of metadata that a version is found by, at places whose locks are held. */
const TERMS = `select membership.tenant_id, membership.collection_id, term.key, term.text, term.number,
    membership.version_index
  from membership
  join artifact on artifact.tenant_id = membership.artifact_tenant_id and artifact.artifact_id = membership.artifact_id
  cross join version_terms(artifact.metadata, artifact.size) term`;
const AT = `membership.tenant_id = $1::bigint and membership.collection_id = $2::bigint
  and membership.version_index = $3::int`;
const AMONG = `(membership.tenant_id, membership.collection_id, membership.version_index)
  in (select * from unnest($1::bigint[], $2::bigint[], $3::int[]))`;
const OF = 'membership.artifact_tenant_id = $1::bigint and membership.artifact_id = $2::bigint';

const note = (where: string): string =>
  `insert into version_term (tenant_id, collection_id, key, text, number, version_index) ${TERMS} where ${where}
   on conflict do nothing`;
const forget = (where: string): string =>
  `delete from version_term using (${TERMS} where ${where}) old where version_term.tenant_id = old.tenant_id
     and version_term.collection_id = old.collection_id and version_term.key = old.key
     and version_term.text = old.text and version_term.number = old.number
     and version_term.version_index = old.version_index`;

/** As `unnest($1::bigint[], $2::bigint[], $3::int[])` takes them. */
export function placeColumns(places: readonly Place[]): unknown[][] {
  return [
    places.map(({ tenantId }) => tenantId),
    places.map(({ collectionId }) => collectionId),
    places.map(({ versionIndex }) => versionIndex),
  ];
}

/** Notes what a version is found by at a new place. */
export async function noteTermsAt(tx: Transaction, { tenantId, collectionId, versionIndex }: Place): Promise<void> {
  await tx.execute(note(AT), [tenantId, collectionId, versionIndex]);
}

/** Forgets what versions were found by at places that they are about to leave. */
export async function forgetTermsAt(tx: Transaction, places: readonly Place[]): Promise<void> {
  await tx.execute(forget(AMONG), placeColumns(places));
}

/** Notes what a version is found by, at all of its places, after its metadata has changed. */
export async function noteTermsOf(tx: Transaction, { tenantId, artifactId }: ArtifactKey): Promise<void> {
  await tx.execute(note(OF), [tenantId, artifactId]);
}

/** Forgets what a version was found by, at all of its places, before its metadata changes. */
export async function forgetTermsOf(tx: Transaction, { tenantId, artifactId }: ArtifactKey): Promise<void> {
  await tx.execute(forget(OF), [tenantId, artifactId]);
}
