import { createHash, randomBytes } from 'node:crypto';
import type { Logging } from '../test/support/logged-version.ts';
import { get, put, type Sent, timed } from './exchange.ts';
import { sayBeside } from './files.ts';
import { inFlight } from './in-flight.ts';
import { atMost, round, say } from './report.ts';
import { residentMiB } from './resident.ts';
import { beginVersion, commitPlaced, type Uploads } from './version-steps.ts';

const MEBIBYTE = 2 ** 20;
/** As large as the client's. */
const PART_MIB = 100;
const AT_ONCE = 4;
/** What one large file may cost, whatever its size. */
const MEMORY_MIB = 64;
const SAMPLE_MS = 100;

const COMPLETE = `mutation C($input: CompleteMultipartUploadArtifactInput!) {
  completeMultipartUploadArtifact(input: $input) { digest } }`;

/** Bytes that are made as they are sent, so that the benchmark itself holds none: each MiB begins with its number. */
const GROUND = randomBytes(MEBIBYTE);

function* bytesOf(first: number, count: number): Generator<Buffer> {
  for (let number = first; number < first + count; number += 1) {
    const piece = Buffer.from(GROUND);
    piece.writeUInt32LE(number);
    yield piece;
  }
}

interface Part {
  readonly first: number;
  readonly count: number;
  readonly md5: Buffer;
}

/** One large file in parts, as the client sends it, and what memory of the server it costs. */
export async function measureLargeFile(
  place: Logging,
  { server, bare, mebibytes }: { server: { pid: number }; bare: string; mebibytes: number },
): Promise<void> {
  const { parts, md5 } = await hashed(mebibytes);
  // a server that has worked before: what its code takes is not the file's
  const nothing = { bytes: Buffer.alloc(0), size: 0, md5: createHash('md5').update('').digest() };
  const warm = { name: 'warm.bin', digest: nothing.md5.toString('base64'), size: 0 };
  const first = await beginVersion(place, 'warm', [warm]);
  await put(first.nodes[0]?.uploadUrl ?? '', nothing);
  await commitPlaced(place, first, [warm]);
  const watch = watchMemory(server.pid);
  const file = { name: 'large.bin', digest: md5.toString('base64'), size: mebibytes * MEBIBYTE };
  const version = await beginVersion(place, 'in-parts', [file], parts);
  const [node] = version.nodes;
  const up = await timed(() => sendParts(place, node, parts));
  const [url = ''] = await commitPlaced(place, version, [file]);
  const down = await get(url);
  const most = watch.stop();
  const bareUp = await put(`${bare}large`, streamOf({ first: 0, count: mebibytes, md5 }));
  const bareDown = await get(`${bare}large`);
  sayBeside(`one file of ${round(mebibytes)} MiB in parts up, MiB/s`, mebibytes, up, bareUp);
  sayBeside('the same down', mebibytes, down, bareDown);
  say('memory of the server that it takes at most, MiB', round(most), { aim: atMost(most, MEMORY_MIB, round) });
}

async function hashed(mebibytes: number): Promise<{ parts: Part[]; md5: Buffer }> {
  const whole = createHash('md5');
  const parts: Part[] = [];
  for (let first = 0; first < mebibytes; first += PART_MIB) {
    const count = Math.min(PART_MIB, mebibytes - first);
    const md5 = createHash('md5');
    for (const piece of bytesOf(first, count)) {
      md5.update(piece);
      whole.update(piece);
    }
    parts.push({ first, count, md5: md5.digest() });
    // connections that the server closes meanwhile must be noticed
    await new Promise(setImmediate);
  }
  return { parts, md5: whole.digest() };
}

async function sendParts(place: Logging, node: Uploads | undefined, parts: readonly Part[]): Promise<void> {
  const upload = node?.uploadMultipartUrls;
  if (node === undefined || upload == null) throw new Error('no upload in parts was offered');
  await inFlight(AT_ONCE, parts, async (part, at) => {
    await put(upload.uploadUrlParts[at]?.uploadUrl ?? '', streamOf(part));
  });
  const completedParts = parts.map(({ md5 }, at) => ({ partNumber: at + 1, hexMD5: md5.toString('hex') }));
  const { storagePath, artifact } = node;
  await place.graphql(COMPLETE, {
    input: {
      ...{ completeMultipartAction: 'Complete', completedParts, storagePath },
      ...{ artifactID: artifact.id, uploadID: upload.uploadID },
    },
  });
}

/** As the bytes of a request: made as they are sent. */
function streamOf({ first, count, md5 }: Part): Sent {
  return { bytes: bytesOf(first, count), size: count * MEBIBYTE, md5 };
}

/** @returns what ends it: MiB above what it had before, at most */
function watchMemory(pid: number): { stop(): number } {
  const before = residentMiB(pid);
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, residentMiB(pid));
  }, SAMPLE_MS);
  return {
    stop: () => {
      clearInterval(sampling);
      return most - before;
    },
  };
}
