import { limited, measureAll } from '../blobs/measured.ts';
import { invalid, notFound, TriplineError } from '../model/error.ts';
import type { ArtifactBlobKey } from '../store/artifact-blobs.ts';
import { artifactUpload } from '../store/artifact-uploads.ts';
import { touchArtifact } from '../store/pending-artifacts.ts';
import type { FileGround } from './file-ground.ts';
import { partsOf } from './prepare-uploads.ts';
import { expectRoom, whileUploading } from './space.ts';

export interface IncomingPart {
  /** The first has 1. */
  readonly number: number;
  readonly content: AsyncIterable<Buffer>;
  /** Bytes, as the request says before they come. */
  readonly size: number | undefined;
  /** Most bytes. */
  readonly limit: number;
}

/**
 * Stores a part of a file that was announced in parts; when this resolves it is on disk, and stays there whatever
 * becomes of the same part sent again. Once the file is whole its parts do nothing: a version may have the same bytes
 * several times, and clients send them as often, all at once.
 *
 * @param blob where the file will lie, as the address says: of another upload it takes nothing
 * @returns the MD5 of the part, in hex
 * @throws TriplineError not_found when nobody waits for it; invalid when it is another than announced; too_large
 */
export async function receivePart(
  ground: FileGround,
  key: ArtifactBlobKey,
  blob: string,
  { number, content, size, limit }: IncomingPart,
): Promise<string> {
  const upload = await artifactUpload(ground.database, key);
  const inParts = upload && partsOf(upload);
  const md5 = upload?.inParts?.md5s[number - 1];
  if (upload === undefined || inParts === undefined || upload.blob !== blob || md5 === undefined) {
    if ((await ground.uploads.find(key))?.blob !== blob) throw notFound('nobody waits for this part any more');
    return hexOf((await measureAll(limited(content, limit))).md5);
  }
  if (size === undefined) throw invalid('say the size of the part in Content-Length');
  if (size > limit) throw new TriplineError('too_large', `a part may have at most ${limit} bytes`);
  // it is counted when all have come; as large as this one is, so are the others
  const parts = upload.inParts?.md5s.length ?? 0;
  const whole = number === parts ? size : size * (parts - 1);
  await expectRoom(ground.database, whileUploading(ground.space), key.tenantId, whole);
  await ground.blobs.putPart(inParts, { number, md5, size }, content);
  const { tenantId, birthArtifactId: artifactId } = key;
  await touchArtifact(ground.database, { tenantId, artifactId }, ground.clock.now());
  return hexOf(md5);
}

function hexOf(md5: string): string {
  return Buffer.from(md5, 'base64').toString('hex');
}
