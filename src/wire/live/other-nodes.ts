import { type Change, changeWord, parseChange, type Topic } from '../../model/change.ts';
import { GatheredCalls } from '../../store/gathered-calls.ts';
import type { NodeLine } from '../../store/node-line.ts';

const CHANNEL = 'tripline_live';
const GATHER_MS = 50;
/** A node that says nothing for so long has no readers any more. */
const REMEMBERED_MS = 60_000;

/** Words that are no change: `+topic` says that somebody listens there, and these two. */
const [WHO_LISTENS, IDENTITY] = ['who-listens', 'identity'] as const;

export interface OnCalls {
  readonly changed: (changes: readonly Change[]) => void;
  /** Users, keys, sessions or roles changed on another node. */
  readonly identity: () => void;
  /** What is listened to on this node. */
  readonly topics: () => readonly Topic[];
}

/**
 * What the readers of other nodes listen to. Nodes tell one another where somebody listens, so that a change of which
 * nobody is to be told costs a look into a map, and no call.
 */
export class OtherNodes {
  readonly #calls: GatheredCalls;
  readonly #on: OnCalls;
  /** By this process's monotonic clock: until when each topic is remembered. */
  readonly #listening = new Map<Topic, number>();

  constructor(line: NodeLine, on: OnCalls) {
    this.#on = on;
    this.#calls = new GatheredCalls(line, CHANNEL, GATHER_MS);
    line.hear(CHANNEL, (words) => this.#hear(words));
  }

  get isEmpty(): boolean {
    return this.#listening.size === 0;
  }

  listenTo(topic: Topic): boolean {
    return this.#listening.has(topic);
  }

  tell(change: Change): void {
    this.#calls.add([changeWord(change)]);
  }

  tellIdentity(): void {
    this.#calls.add([IDENTITY]);
  }

  /** Says where somebody listens here; settles when the other nodes are told. */
  async announce(topics: readonly Topic[]): Promise<void> {
    if (topics.length === 0) return;
    this.#calls.add(topics.map((topic) => `+${topic}`));
    await this.#calls.send();
  }

  /** Asks the others where somebody listens: to be done whenever calls are heard again. */
  ask(): void {
    this.#calls.add([WHO_LISTENS]);
  }

  /** Forgets nodes that said nothing for long. */
  forget(): void {
    const now = performance.now();
    for (const [topic, until] of this.#listening) if (until < now) this.#listening.delete(topic);
  }

  close(): void {
    this.#calls.close();
  }

  #hear(words: readonly string[]): void {
    const changes: Change[] = [];
    for (const word of words) {
      if (word === WHO_LISTENS) void this.announce(this.#on.topics());
      else if (word === IDENTITY) this.#on.identity();
      else if (word.startsWith('+')) this.#listening.set(word.slice(1) as Topic, performance.now() + REMEMBERED_MS);
      else changes.push(...[parseChange(word)].filter((change) => change !== undefined));
    }
    this.#on.changed(changes);
  }
}
