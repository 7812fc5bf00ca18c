import type { ArtifactId } from '../model/ids.ts';
import type { ArtifactKey } from './artifacts.ts';
import type { Queryable, Transaction } from './database.ts';
import { rowsOf, slices } from './rows.ts';

/** A file of a committed version, out of its manifest. */
export interface ArtifactFile {
  readonly path: string;
  /** Base64 for bytes that we keep; of a reference whatever the client knows it by. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  /** Where a reference points to. */
  readonly ref: string | null;
  /** The artifact whose upload stored the bytes; `null` for references. */
  readonly birthArtifactId: ArtifactId | null;
}

/** All files of a version, in the order of their paths by code point. */
export async function filesOf(database: Queryable, key: ArtifactKey): Promise<ArtifactFile[]> {
  return database.query<ArtifactFile>(
    `select path, digest, size::float8 as size, ref, birth_artifact_id as "birthArtifactId" from artifact_file
      where tenant_id = $1::bigint and artifact_id = $2::bigint order by path collate "C"`,
    [key.tenantId, key.artifactId],
  );
}

export async function insertArtifactFiles(
  tx: Transaction,
  { tenantId, artifactId }: ArtifactKey,
  files: readonly ArtifactFile[],
): Promise<void> {
  for (const slice of slices(files)) {
    const { values, parameters } = rowsOf(slice, ({ path, digest, size, ref, birthArtifactId }) => [
      ...[tenantId, artifactId, path, digest, size, ref, birthArtifactId],
    ]);
    await tx.execute(
      `insert into artifact_file (tenant_id, artifact_id, path, digest, size, ref, birth_artifact_id) values ${values}`,
      parameters,
    );
  }
}
