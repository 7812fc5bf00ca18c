import { LONGEST_CALL, type NodeLine } from './node-line.ts';

/** A notification takes a lock of the whole database at its commit: one is sent at most so often. */
const GATHER_MS = 20;

/** Words for the other nodes, which are sent together soon, each once. */
export class GatheredCalls {
  readonly #line: NodeLine;
  readonly #channel: string;
  readonly #untold = new Set<string>();
  readonly #gatherMs: number;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(line: NodeLine, channel: string, gatherMs = GATHER_MS) {
    this.#line = line;
    this.#channel = channel;
    this.#gatherMs = gatherMs;
  }

  add(words: Iterable<string>): void {
    if (this.#closed) return;
    for (const word of words) this.#untold.add(word);
    if (this.#untold.size > 0) this.#timer ??= setTimeout(() => void this.send(), this.#gatherMs);
  }

  /** Sends what waits now; settles when it is told. */
  async send(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const calls = parted([...this.#untold]);
    this.#untold.clear();
    await Promise.all(calls.map((words) => this.#line.call(this.#channel, words)));
  }

  /** What waits is not sent any more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }
}

/** Pure: in parts that a notification takes. */
function parted(words: readonly string[]): string[][] {
  const parts: string[][] = [];
  let room = 0;
  for (const word of words) {
    if (room < word.length + 1) {
      parts.push([]);
      room = LONGEST_CALL - NODE_NAME;
    }
    parts.at(-1)?.push(word);
    room -= word.length + 1;
  }
  return parts;
}

/** Bytes that the name of a node takes. */
const NODE_NAME = 40;
