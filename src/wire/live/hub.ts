import { type Change, changeWord, type Topic, topicsOf } from '../../model/change.ts';
import { TriplineError } from '../../model/error.ts';
import type { UserId } from '../../model/ids.ts';
import { type PlacedChange, placeChanges } from '../../store/change-places.ts';
import type { Database } from '../../store/database.ts';
import type { NodeLine } from '../../store/node-line.ts';
import { OtherNodes } from './other-nodes.ts';
import type { Reader } from './reader.ts';
import { Readers } from './readers.ts';

/** The first change after a silence is told so soon, with what comes with it. */
const GATHER_MS = 50;
/** Readers are told at most so often. */
const EVERY_MS = 500;
/** Changes that wait to be told; where there are more, readers are told to read everything again. */
const MOST_WAITING = 5_000;
/** Whoever is refused may come again after so long, in seconds. */
const RETRY_AFTER = 10;

export interface HubOptions {
  readonly database: Database;
  /** To the other nodes; absent where there is one by design. */
  readonly line?: NodeLine | undefined;
  /** Readers on this node. */
  readonly most: number;
  readonly mostPerPerson: number;
  /** Told that another node changed users, keys or roles. */
  readonly onIdentity: () => void;
  readonly onFault: (error: unknown) => void;
}

/** Tells readers of committed changes: gathered, at most twice a second, each only what they may see. */
export class Hub {
  readonly #options: HubOptions;
  readonly #readers = new Readers();
  readonly #others: OtherNodes | undefined;
  /** Places taken, also by those who are not let in yet. */
  readonly #taken = new Map<UserId, number>();
  readonly #waiting = new Map<string, Change>();
  readonly #flooded = new Set<Topic>();
  #timer: NodeJS.Timeout | undefined;
  #toldAt = Number.NEGATIVE_INFINITY;
  #isClosed = false;
  #isRechecking = false;
  /** Identities changed since the last look began. */
  #isStale = false;

  constructor(options: HubOptions) {
    this.#options = options;
    const { database, line } = options;
    this.#others =
      line &&
      new OtherNodes(line, {
        changed: (changes) => this.#note(changes),
        identity: () => this.#identityChangedElsewhere(),
        topics: () => this.#readers.topics(),
      });
    database.listen((changes) => this.hear(changes));
  }

  get size(): number {
    return this.#readers.size;
  }

  /** Takes in what this node committed. Where nobody listens, on no node, it only looks that up. */
  hear(changes: readonly Change[]): void {
    this.#note(changes);
    const others = this.#others;
    if (others === undefined || others.isEmpty) return;
    for (const change of changes) {
      if (topicsOf(change).some((topic) => others.listenTo(topic))) others.tell(change);
    }
  }

  /** Takes a place for a connection. @returns what gives it back @throws TriplineError overloaded, unavailable */
  take(userId: UserId): () => void {
    const { most, mostPerPerson } = this.#options;
    const own = this.#taken.get(userId) ?? 0;
    if (this.#isClosed) throw new TriplineError('unavailable', 'the server stops', { retryAfter: RETRY_AFTER });
    if (own >= mostPerPerson)
      throw refusal('overloaded', `you listen in ${own} places, and more are not open to one person`);
    if ([...this.#taken.values()].reduce((sum, count) => sum + count, 0) >= most) {
      throw refusal('unavailable', `${most} connections listen to this server, and it takes no more`);
    }
    this.#taken.set(userId, own + 1);
    let isTaken = true;
    return () => {
      const left = (this.#taken.get(userId) ?? 1) - 1;
      if (!isTaken) return;
      isTaken = false;
      if (left === 0) this.#taken.delete(userId);
      else this.#taken.set(userId, left);
    };
  }

  /** Lets a reader in. It is "ready" as soon as all nodes know of it: what is committed after that is told. */
  async admit(reader: Reader): Promise<void> {
    const fresh = this.#readers.put(reader);
    reader.stream.once('close', () => this.#readers.remove(reader));
    await this.#others?.announce(fresh);
    if (this.#isClosed) reader.end('stopping');
    else reader.ready();
  }

  /** Asks anew who the readers are and what they may see, and keeps their connections open: every few seconds. */
  async round(): Promise<void> {
    this.#others?.forget();
    for (const reader of this.#readers.all()) {
      await this.#safely(() => reader.round());
      if (this.#readers.isIn(reader)) this.#readers.put(reader);
    }
    await this.#others?.announce(this.#readers.topics());
  }

  /** This node changed users, keys, sessions or roles: whoever is signed out hears no more, on any node. */
  identityChanged(): void {
    this.#others?.tellIdentity();
    void this.#recheck();
  }

  /** Calls of other nodes are heard from now on; what they told before was missed. */
  lineFound(): void {
    this.#others?.ask();
    void this.#others?.announce(this.#readers.topics());
    for (const reader of this.#readers.all()) reader.reload('missed');
  }

  /** Ends every connection, and takes no more. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#others?.close();
    for (const reader of this.#readers.all()) reader.end('stopping');
  }

  #note(changes: readonly Change[]): void {
    if (this.#readers.size === 0) return;
    for (const change of changes) {
      const topics = topicsOf(change).filter((topic) => this.#readers.has(topic));
      if (topics.length === 0) continue;
      if (this.#waiting.size < MOST_WAITING) this.#waiting.set(changeWord(change), change);
      else for (const topic of topics) this.#flooded.add(topic);
    }
    this.#arrange();
  }

  #arrange(): void {
    if (this.#isClosed || this.#waiting.size === 0) return;
    const wait = Math.max(GATHER_MS, this.#toldAt + EVERY_MS - performance.now());
    this.#timer ??= setTimeout(() => void this.#tellAll(), wait);
  }

  async #tellAll(): Promise<void> {
    this.#toldAt = performance.now();
    const changes = [...this.#waiting.values()];
    const flooded = [...this.#flooded];
    this.#waiting.clear();
    this.#flooded.clear();
    await this.#tell(changes).catch((error) => {
      this.#options.onFault(error);
      for (const reader of new Set(changes.flatMap((change) => [...this.#readers.of(change)]))) reader.reload('missed');
    });
    for (const reader of this.#readers.all()) {
      if (reader.subject.topics.some((topic) => flooded.includes(topic))) reader.reload('much');
    }
    this.#timer = undefined;
    this.#arrange();
  }

  async #tell(changes: readonly Change[]): Promise<void> {
    const placed = await placeChanges(this.#options.database, changes);
    const told = new Map<Reader, PlacedChange[]>();
    for (const each of placed) {
      for (const reader of this.#readers.of(each.change)) {
        const own = told.get(reader);
        if (own === undefined) told.set(reader, [each]);
        else own.push(each);
      }
    }
    // one by one: whoever stores history must not wait for readers' turns at the database
    for (const [reader, own] of told) await this.#safely(() => reader.tell(own));
  }

  #identityChangedElsewhere(): void {
    this.#options.onIdentity();
    void this.#recheck();
  }

  /** One look after the other at all readers; what changes meanwhile is looked at in a further turn. */
  async #recheck(): Promise<void> {
    this.#isStale = true;
    if (this.#isRechecking) return;
    this.#isRechecking = true;
    while (this.#isStale) {
      this.#isStale = false;
      for (const reader of this.#readers.all()) await this.#safely(() => reader.recheck());
    }
    this.#isRechecking = false;
  }

  /** A fault, for instance a database that is away, must not keep the others from what they are told. */
  async #safely(work: () => Promise<void>): Promise<void> {
    await work().catch(this.#options.onFault);
  }
}

function refusal(code: 'overloaded' | 'unavailable', fault: string): TriplineError {
  return new TriplineError(code, `${fault}: close a page that is open, or come again in ${RETRY_AFTER} seconds`, {
    retryAfter: RETRY_AFTER,
  });
}
