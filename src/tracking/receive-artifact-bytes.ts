import { invalid, notFound } from '../model/error.ts';
import type { TenantId } from '../model/ids.ts';
import { type ArtifactBlobKey, artifactBlob, fillBlob } from '../store/artifact-blobs.ts';
import { fillManifest, type ManifestKey, manifestById } from '../store/artifact-manifests.ts';
import { artifactById } from '../store/artifacts.ts';
import type { Transaction } from '../store/database.ts';
import { touchArtifact } from '../store/pending-artifacts.ts';
import { type Digester, digesterOf } from './digester.ts';
import type { FileGround } from './file-ground.ts';
import { type KeptContent, keepContent } from './keep-content.ts';
import { expectRoom, whileUploading } from './space.ts';

export interface Incoming {
  readonly content: AsyncIterable<Buffer>;
  /** Most bytes. */
  readonly limit: number;
  /** Base64, as the request claims it. */
  readonly contentMd5: string | undefined;
  /** Bytes, as the request says before they come. */
  readonly size: number | undefined;
}

/**
 * Stores the bytes of a file that was asked for ({@link createArtifactFiles}); when this resolves they are on disk.
 * The same bytes again do nothing.
 *
 * @throws TriplineError not_found when nobody waits for them, invalid when they are others than announced, too_large
 */
export async function receiveArtifactFile(ground: FileGround, key: ArtifactBlobKey, incoming: Incoming): Promise<void> {
  const expected = await artifactBlob(ground.database, key);
  const born = await artifactById(ground.database, { tenantId: key.tenantId, artifactId: key.birthArtifactId });
  if (expected === undefined || born === undefined) throw notFound('nobody waits for this file any more');
  await expectRoom(ground.database, whileUploading(ground.space), key.tenantId, incoming.size ?? 0);
  const { digestAlgorithm: algorithm } = born;
  // the store tells the MD5 of what it keeps by itself
  const isMd5 = algorithm === 'MANIFEST_MD5';
  const content = isMd5 ? incoming.content : checked(incoming.content, await digesterOf(algorithm), key.digest);
  const now = ground.clock.now();
  await keep(
    ground,
    { ...incoming, content },
    {
      tenantId: key.tenantId,
      md5: isMd5 ? key.digest : undefined,
      take: (tx, { blob, size }) => fillBlob(tx, key, { blob, size, now }),
      isFull: async () => typeof (await artifactBlob(ground.database, key))?.blob === 'string',
    },
  );
  await touchArtifact(ground.database, born, now);
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

/** Stores the JSON of a manifest whose digest was announced. @throws as {@link receiveArtifactFile} */
export async function receiveManifest(ground: FileGround, key: ManifestKey, incoming: Incoming): Promise<void> {
  const expected = await manifestById(ground.database, key);
  if (expected === undefined || expected.digest === '') throw notFound('nobody waits for this manifest any more');
  await keep(ground, incoming, {
    tenantId: key.tenantId,
    md5: expected.digest,
    take: (tx, kept) => fillManifest(tx, key, kept),
    isFull: async () => typeof (await manifestById(ground.database, key))?.blob === 'string',
  });
}

interface Shelf {
  readonly tenantId: TenantId;
  /** Base64, as it was announced; `undefined` when another digest was. */
  readonly md5: string | undefined;
  /** Notes where the bytes lie, unless such bytes are there already. */
  take(tx: Transaction, kept: KeptContent): Promise<boolean>;
  /** Whether such bytes are there. */
  isFull(): Promise<boolean>;
}

async function keep(ground: FileGround, { content, limit, contentMd5 }: Incoming, shelf: Shelf): Promise<void> {
  const { tenantId } = shelf;
  const taken = await keepContent(ground, { tenantId, content, limit }, (tx, kept) => {
    for (const expected of [shelf.md5, contentMd5]) {
      if (expected !== undefined && expected !== kept.md5) {
        throw invalid(`these bytes have the MD5 ${kept.md5}, not ${expected}: send them again`);
      }
    }
    return shelf.take(tx, kept);
  });
  if (!taken && !(await shelf.isFull())) throw notFound('nobody waits for these bytes any more');
}
