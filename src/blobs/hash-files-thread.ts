import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { Failed, FileStart, HashAnswer, HashOrder } from './file-hashes.ts';

interface OpenHash {
  readonly md5: Hash;
  isEmpty: boolean;
  readonly file: OpenFile | undefined;
  /** Why bytes of it could not be read. */
  fault: Failed | undefined;
}

interface OpenFile {
  readonly path: string;
  descriptor: number | undefined;
  at: number;
}

/** What is read at once, through the same memory. */
const piece = Buffer.allocUnsafe(256 * 1024);
const hashes = new Map<number, OpenHash>();

parentPort?.on('message', (order: HashOrder) => {
  const answer = answerTo(order);
  if (answer === undefined) return;
  parentPort?.postMessage(answer, 'piece' in answer ? [answer.piece.buffer as ArrayBuffer] : []);
});

function answerTo(order: HashOrder): HashAnswer | undefined {
  const { file } = order;
  if (order.kind === 'begin') {
    hashes.set(file, { md5: createHash('md5'), isEmpty: true, file: unopened(order.from), fault: undefined });
    return undefined;
  }
  const hash = hashes.get(file);
  if (hash === undefined) return { kind: 'failed', reason: 'the digest of these bytes has ended' };
  switch (order.kind) {
    case 'add':
      update(hash, order.piece);
      return { kind: 'returned', piece: order.piece };
    case 'lend':
      return { kind: 'hashed', piece: order.piece, md5: hashWithin(hash, order.piece).digest('base64') };
    case 'take':
      takeIfSound(hash, order.bytes);
      return hash.fault ?? { kind: 'taken' };
    case 'end':
      close(file, hash);
      return hash.fault ?? { kind: 'ended', md5: hash.md5.digest('base64') };
  }
}

/** Adds a piece. @returns its own MD5, which is that of the whole when nothing was before it */
function hashWithin(hash: OpenHash, bytes: Uint8Array): Hash {
  const { isEmpty } = hash;
  update(hash, bytes);
  return isEmpty ? hash.md5.copy() : createHash('md5').update(bytes);
}

function update(hash: OpenHash, bytes: Uint8Array): void {
  hash.md5.update(bytes);
  hash.isEmpty = false;
}

function unopened(from: FileStart | undefined): OpenFile | undefined {
  return from && { path: from.path, descriptor: undefined, at: from.start };
}

function takeIfSound(hash: OpenHash, bytes: number): void {
  if (hash.fault !== undefined || hash.file === undefined) return;
  try {
    take(hash, hash.file, bytes);
  } catch (error) {
    hash.fault = failureOf(error);
  }
}

function failureOf(error: unknown): Failed {
  if (!(error instanceof Error)) return { kind: 'failed', reason: String(error) };
  const { message: reason, code } = error as NodeJS.ErrnoException;
  return { kind: 'failed', reason, ...(code === undefined ? {} : { code }) };
}

function take(hash: OpenHash, file: OpenFile, bytes: number): void {
  file.descriptor ??= openSync(file.path, 'r');
  for (let left = bytes; left > 0; ) {
    const read = readSync(file.descriptor, piece, 0, Math.min(left, piece.length), file.at);
    if (read === 0) throw new Error('a file that is being written has fewer bytes than it was given');
    update(hash, piece.subarray(0, read));
    file.at += read;
    left -= read;
  }
}

function close(number: number, { file }: OpenHash): void {
  hashes.delete(number);
  if (file?.descriptor !== undefined) closeSync(file.descriptor);
}
