import { invalid } from '../model/error.ts';
import { type ArtifactBlob, arrivedBlobs } from '../store/artifact-blobs.ts';
import type { ArtifactFile } from '../store/artifact-files.ts';
import type { Artifact } from '../store/artifacts.ts';
import type { Transaction } from '../store/database.ts';
import { slices } from '../store/rows.ts';

/**
 * Expects that the bytes of every file have arrived, as large as its manifest says. Run under the collection's lock,
 * so that none of them goes away.
 *
 * @returns the files, each with the artifact that stored its bytes
 * @throws TriplineError invalid, naming the first that is missing
 */
export async function checkContent(
  tx: Transaction,
  artifact: Artifact,
  files: readonly ArtifactFile[],
): Promise<ArtifactFile[]> {
  const checked: ArtifactFile[] = [];
  for (const slice of slices(files)) {
    const digests = [...new Set(slice.filter(({ ref }) => ref === null).map(({ digest }) => digest))];
    const arrived = new Map<string, ArtifactBlob[]>();
    for (const blob of await arrivedBlobs(tx, artifact, digests)) {
      arrived.set(blob.digest, [...(arrived.get(blob.digest) ?? []), blob]);
    }
    for (const file of slice) checked.push(file.ref === null ? born(artifact, file, arrived.get(file.digest)) : file);
  }
  // references say any size
  if (!Number.isSafeInteger(checked.reduce((sum, { size }) => sum + size, 0))) {
    throw invalid('the files of the manifest have more bytes together than there can be', 'manifest');
  }
  return checked;
}

function born(artifact: Artifact, file: ArtifactFile, arrived: readonly ArtifactBlob[] = []): ArtifactFile {
  const birth = file.birthArtifactId ?? artifact.artifactId;
  const bytes =
    arrived.find(({ birthArtifactId }) => birthArtifactId === birth) ??
    (file.birthArtifactId === null ? arrived[0] : undefined);
  if (bytes === undefined) throw invalid(`file '${file.path}' has not arrived: upload it, then commit`, 'manifest');
  if (bytes.size === file.size) return { ...file, birthArtifactId: bytes.birthArtifactId };
  throw invalid(`file '${file.path}' has ${bytes.size} bytes, not ${file.size} as the manifest says`, 'manifest');
}
