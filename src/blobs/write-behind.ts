import type { FileHandle } from 'node:fs/promises';
import { giveBack } from './give-back.ts';
import { sizeOf } from './measured.ts';
import { Portions } from './portions.ts';
import { watched } from './watched.ts';
import { whenAllEnd } from './when-all-end.ts';

const MEBIBYTE = 1024 ** 2;
/**
 * What is written at once: a call for each of the pieces that the network brings costs more than they do. But a client
 * sends all parts of a large file at the same time, or a hundred files, and that costs memory for each of them.
 */
const batches = new Portions(4 * MEBIBYTE, { least: 1, largest: MEBIBYTE / 2 });
/** Written bytes go to the disk while others come, so that there is little left to wait for at the end. */
const FLUSH_EVERY = 16 * MEBIBYTE;

/**
 * Writes bytes to a file while further ones come: one batch is being written, and the next is gathered. When this
 * resolves they are on disk. What was written is given back ({@link giveBack}): nobody else may need it.
 *
 * @param start where in the file
 * @param onWritten told of so many more bytes that can be read
 */
export async function writeBehind(
  file: FileHandle,
  content: AsyncIterable<Buffer>,
  start: number,
  onWritten: (bytes: number) => void = () => {},
): Promise<void> {
  const writer = new Writer(file, start, onWritten);
  const leave = batches.join();
  try {
    let batch: Buffer[] = [];
    let size = 0;
    for await (const piece of content) {
      batch.push(piece);
      size += piece.length;
      if (size < batches.portion) continue;
      await writer.write(batch, size);
      batch = [];
      size = 0;
    }
    await writer.write(batch, size);
  } finally {
    leave();
    await writer.end();
  }
  await file.sync();
}

class Writer {
  readonly #file: FileHandle;
  readonly #onWritten: (bytes: number) => void;
  #at: number;
  #unflushed = 0;
  #writing = Promise.resolve();
  #flushing = Promise.resolve();

  constructor(file: FileHandle, start: number, onWritten: (bytes: number) => void) {
    this.#file = file;
    this.#at = start;
    this.#onWritten = onWritten;
  }

  /** Resolves when it is being written. @throws what came of those before */
  async write(batch: readonly Buffer[], size: number): Promise<void> {
    await this.#writing;
    if (size === 0) return;
    this.#writing = watched(this.#writeOut(batch, this.#at).then(() => this.#onWritten(size)));
    this.#at += size;
    this.#unflushed += size;
    if (this.#unflushed < FLUSH_EVERY) return;
    this.#unflushed = 0;
    await this.#flushing;
    this.#flushing = watched(this.#file.datasync());
  }

  async #writeOut(batch: readonly Buffer[], start: number): Promise<void> {
    await writeAll(this.#file, batch, start);
    giveBack(batch);
  }

  /** When nothing is under way any more. @throws what came of it: the system tells a fault of the disk only once */
  async end(): Promise<void> {
    await whenAllEnd([this.#writing, this.#flushing]);
  }
}

/** Writes all of some pieces, one behind the other. */
export async function writeAll(file: FileHandle, pieces: readonly Buffer[], start: number): Promise<void> {
  const total = sizeOf(pieces);
  let { bytesWritten: written } = await file.writev([...pieces], start);
  // a disk that is nearly full takes a part
  for (let left: Buffer | undefined; written < total; ) {
    left ??= Buffer.concat(pieces);
    written += (await file.write(left, written, total - written, start + written)).bytesWritten;
  }
}
