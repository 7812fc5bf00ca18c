import type { Worker } from 'node:worker_threads';
import { startThread } from '../threads/start-thread.ts';

/**
 * What the thread is told: a file is begun, bytes of it are there to be read, or are handed over, or nobody wants to
 * know any more.
 */
export type HashOrder =
  | { readonly kind: 'begin'; readonly file: number; readonly from?: FileStart }
  | { readonly kind: 'take'; readonly file: number; readonly bytes: number }
  | { readonly kind: 'add' | 'lend'; readonly file: number; readonly piece: Uint8Array }
  | { readonly kind: 'end'; readonly file: number };

/** Where bytes lie, or are to lie. */
export interface FileStart {
  readonly path: string;
  readonly start: number;
}

/** What the thread answers to all but `begin`, in their order. */
export type HashAnswer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'returned'; readonly piece: Uint8Array }
  | { readonly kind: 'hashed'; readonly piece: Uint8Array; readonly md5: string }
  | { readonly kind: 'ended'; readonly md5: string }
  | Failed;

/** Why not, and the system's code for it where it has one: a file that is taken away meanwhile is missing here too. */
export interface Failed {
  readonly kind: 'failed';
  readonly reason: string;
  readonly code?: string;
}

/** The MD5 of bytes that lie in a file one after the other, made while further ones are written. */
export interface FileHash {
  /** So many more bytes can be read. Resolves when they have been. @throws Error when they cannot */
  take(bytes: number): Promise<void>;
  /** Ends it. @returns base64 @throws Error when any bytes could not be read */
  end(): Promise<string>;
}

/** The MD5 of pieces that lie in memory, in the order in which they are handed over; nobody else may use them then. */
export interface PieceHash {
  /** Hands over a piece. @returns its memory when it has been read, to be used again */
  add(piece: Uint8Array): Promise<Uint8Array>;
  /** Hands over a piece that is needed again. @returns the same bytes, and the MD5 of them alone */
  lend(piece: Uint8Array): Promise<HashedPiece>;
  /** Ends it. @returns base64, of all pieces */
  end(): Promise<string>;
}

export interface HashedPiece {
  readonly piece: Uint8Array;
  /** Base64. */
  readonly md5: string;
}

/** It keeps nothing but a piece of a file, so that what comes and goes need not lie about. */
const SMALL = { maxYoungGenerationSizeMb: 2 };

interface Waiting {
  resolve(answer: HashAnswer): void;
  reject(error: Error): void;
}

/**
 * A thread that reads what others write, and makes its MD5: that takes twice as long as to receive and to write it, and
 * costs the thread that serves requests nothing.
 */
class HashingThread {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #files = 0;
  #ended = false;

  constructor() {
    this.#worker = startThread(import.meta.url, 'hash-files-thread', undefined, SMALL);
    this.#worker.on('message', (answer: HashAnswer) => this.#settle(({ resolve }) => resolve(answer)));
    this.#worker.on('error', (error: Error) => this.#die(error));
    this.#worker.on('exit', () => this.#die(new Error('the thread that makes digests has ended')));
    // it keeps no program alive, unless somebody waits for it
    this.#worker.unref();
  }

  get ended(): boolean {
    return this.#ended;
  }

  beginFile(from: FileStart): FileHash {
    const file = this.#begin(from);
    return {
      take: async (bytes) => {
        await this.#ask({ kind: 'take', file, bytes });
      },
      end: () => this.#end(file),
    };
  }

  beginPieces(): PieceHash {
    const file = this.#begin();
    return {
      add: async (piece) => {
        const answer = await this.#hand('add', file, piece);
        if (answer.kind !== 'returned') throw strange();
        return answer.piece;
      },
      lend: async (piece) => {
        const answer = await this.#hand('lend', file, piece);
        if (answer.kind !== 'hashed') throw strange();
        return answer;
      },
      end: () => this.#end(file),
    };
  }

  #hand(kind: 'add' | 'lend', file: number, piece: Uint8Array): Promise<HashAnswer> {
    // memory that others use too cannot be handed over
    const own = piece.length === piece.buffer.byteLength ? piece : new Uint8Array(piece);
    return this.#ask({ kind, file, piece: own }, [own.buffer as ArrayBuffer]);
  }

  #begin(from?: FileStart): number {
    this.#files += 1;
    const order = { kind: 'begin', file: this.#files, ...(from === undefined ? {} : { from }) } satisfies HashOrder;
    this.#worker.postMessage(order);
    return this.#files;
  }

  async #end(file: number): Promise<string> {
    const answer = await this.#ask({ kind: 'end', file });
    if (answer.kind !== 'ended') throw strange();
    return answer.md5;
  }

  /** @param memory that goes with it */
  async #ask(order: HashOrder, memory: readonly ArrayBuffer[] = []): Promise<HashAnswer> {
    if (this.#ended) throw new Error('the thread that makes digests has ended');
    const answer = await new Promise<HashAnswer>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (this.#waiting.length === 1) this.#worker.ref();
      this.#worker.postMessage(order, memory);
    });
    if (answer.kind === 'failed') throw Object.assign(new Error(answer.reason), answer.code && { code: answer.code });
    return answer;
  }

  #settle(tell: (waiting: Waiting) => void): void {
    const first = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#worker.unref();
    if (first !== undefined) tell(first);
  }

  #die(error: Error): void {
    this.#ended = true;
    while (this.#waiting.length > 0) this.#settle(({ reject }) => reject(error));
  }
}

let thread: HashingThread | undefined;

function theThread(): HashingThread {
  if (thread === undefined || thread.ended) thread = new HashingThread();
  return thread;
}

/** Begins the MD5 of bytes of a file that is there. @param start where the first of them lies, or is to lie */
export function hashFile(path: string, start: number): FileHash {
  return theThread().beginFile({ path, start });
}

/** Begins the MD5 of bytes that lie in memory. */
export function hashPieces(): PieceHash {
  return theThread().beginPieces();
}

/** Ends a digest whatever becomes of the work that brings its bytes. @throws what came of either */
export async function digestOf(hash: Pick<FileHash, 'end'>, work: () => Promise<void>): Promise<string> {
  const [done] = await Promise.allSettled([work()]);
  const [ended] = await Promise.allSettled([hash.end()]);
  if (done.status === 'rejected') throw done.reason;
  if (ended.status === 'rejected') throw ended.reason;
  return ended.value;
}

function strange(): Error {
  return new Error('the thread that makes digests answered something else');
}
