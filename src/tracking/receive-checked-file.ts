import { invalid } from '../model/error.ts';
import type { ArtifactBlobKey } from '../store/artifact-blobs.ts';
import { artifactById } from '../store/artifacts.ts';
import { type Digester, digesterOf } from './digester.ts';
import type { FileGround } from './file-ground.ts';
import { type Incoming, receiveArtifactFile } from './receive-artifact-bytes.ts';

/**
 * Stores the bytes of a file that was asked for, as {@link receiveArtifactFile}, and expects them to have the digest
 * under which they were announced, whatever the algorithm of the artifact.
 *
 * @throws TriplineError as there; invalid when the digest is another
 */
export async function receiveCheckedFile(ground: FileGround, key: ArtifactBlobKey, incoming: Incoming): Promise<void> {
  const born = await artifactById(ground.database, { tenantId: key.tenantId, artifactId: key.birthArtifactId });
  // the store knows the MD5 of what it keeps
  if (born === undefined || born.digestAlgorithm === 'MANIFEST_MD5') return receiveArtifactFile(ground, key, incoming);
  const content = checked(incoming.content, await digesterOf(born.digestAlgorithm), key.digest);
  return receiveArtifactFile(ground, key, { ...incoming, content });
}

/** The same bytes; it fails behind the last one when they were others than announced. */
async function* checked(content: AsyncIterable<Buffer>, digester: Digester, expected: string): AsyncGenerator<Buffer> {
  for await (const piece of content) {
    digester.update(piece);
    yield piece;
  }
  const found = digester.digest('base64');
  if (found !== expected)
    throw invalid(`these bytes have the XXH128 digest ${found}, not ${expected}: send them again`);
}
