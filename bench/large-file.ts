import { createHash, randomBytes } from 'node:crypto';
import type { Logging } from '../test/support/logged-version.ts';
import { get, put, type Sent, timed } from './exchange.ts';
import { sayBeside } from './files.ts';
import { type Beside, inTurns } from './in-turns.ts';
import { atMost, round, say } from './report.ts';
import { residentMiB } from './resident.ts';
import { beginVersion, commitPlaced, type Uploads } from './version-steps.ts';

const MEBIBYTE = 2 ** 20;
/** As large as the client's. */
const PART_MIB = 100;
/** As many as the client sends, of which a file of 5 GiB has no more (`DefaultConcurrencyLimit` of its file transfers). */
const UP_AT_ONCE = 128;
/** As many as the client gets (`_MP_EXECUTOR_WORKERS`). */
const DOWN_AT_ONCE = 32;
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
  const up = await sendParts(place, node, { parts, bare });
  const [url = ''] = await commitPlaced(place, version, [file]);
  const down = await inTurns(parts, {
    ...{ each: DOWN_AT_ONCE, atOnce: DOWN_AT_ONCE },
    work: (part, where) => (where === 'ours' ? get(url, { range: rangeOf(part) }) : get(besideOf(bare, part))),
  });
  const most = watch.stop();
  sayBeside(`one file of ${round(mebibytes)} MiB in parts up, MiB/s`, mebibytes, up);
  sayBeside(`the same down, ${DOWN_AT_ONCE} parts at once`, mebibytes, down);
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

/** Sends parts, some at once, beside files of their size to the bare server; to put them together counts as sending. */
async function sendParts(
  place: Logging,
  node: Uploads | undefined,
  { parts, bare }: { readonly parts: readonly Part[]; readonly bare: string },
): Promise<Beside> {
  const upload = node?.uploadMultipartUrls;
  if (node === undefined || upload == null) throw new Error('no upload in parts was offered');
  const sends = parts.map((part, at) => ({
    ...{ part, ours: upload.uploadUrlParts[at]?.uploadUrl ?? '' },
    bare: besideOf(bare, part),
  }));
  const sent = await inTurns(sends, {
    ...{ each: UP_AT_ONCE, atOnce: UP_AT_ONCE },
    work: (file, where) => put(file[where], streamOf(file.part)),
  });
  const completedParts = parts.map(({ md5 }, at) => ({ partNumber: at + 1, hexMD5: md5.toString('hex') }));
  const { storagePath, artifact } = node;
  const completing = await timed(() =>
    place.graphql(COMPLETE, {
      input: {
        ...{ completeMultipartAction: 'Complete', completedParts, storagePath },
        ...{ artifactID: artifact.id, uploadID: upload.uploadID },
      },
    }),
  );
  return { ...sent, ours: sent.ours + completing };
}

/** Where the bare server has what is as large as a part. */
function besideOf(bare: string, part: Part): string {
  return `${bare}large-${part.first}`;
}

function rangeOf({ first, count }: Part): string {
  return `bytes=${first * MEBIBYTE}-${(first + count) * MEBIBYTE - 1}`;
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
