import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import { TriplineError } from '../../model/error.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { PlacedChange } from '../../store/change-places.ts';
import { type EndReason, type Message, printMessage, type ReloadReason, toTold } from './message.ts';
import { isToldOf, type Subject } from './subject.ts';

/** Bytes that may wait for a reader. */
const MOST_WAITING = 16 * 1024;
/** More changes than these are told as "everything". */
const MOST_TOLD = 100;

/** Who reads, asked anew: sessions and keys end, roles and visibilities change. */
export interface Identity {
  /** @throws TriplineError unauthenticated */
  viewer(): Promise<Viewer>;
  /** @throws TriplineError not_found when the viewer may not see it any more */
  subject(viewer: Viewer): Promise<Subject>;
}

/** Somebody who listens, on a stream of their own. */
export class Reader {
  readonly stream: Readable;
  readonly #identity: Identity;
  /** With the roles that decided what was told so far. */
  #known: Viewer;
  #subject: Subject;
  /** It takes no more until it has read what waits. */
  #isFull = false;
  /** Something was left out while it was full. */
  #missed = false;
  /** It was told the end. */
  #isOver = false;
  /** Rounds in which it read nothing. */
  #stuck = 0;

  constructor(identity: Identity, viewer: Viewer, subject: Subject) {
    this.#identity = identity;
    this.#known = viewer;
    this.#subject = subject;
    this.stream = new Readable({ highWaterMark: MOST_WAITING, read: () => this.#drained() });
  }

  get subject(): Subject {
    return this.#subject;
  }

  /** Tells of those changes that the reader may see; what a slow reader has no room for becomes one "reload". */
  async tell(changes: readonly PlacedChange[]): Promise<void> {
    const viewer = await this.#viewer();
    if (viewer === undefined) return;
    const told = changes
      .filter((placed) => isToldOf(viewer, this.#subject, placed))
      .map(({ change }) => toTold(change));
    if (told.length > MOST_TOLD) this.reload('much');
    else if (told.length > 0) this.#send({ event: 'changed', data: { changes: told } });
  }

  reload(reason: ReloadReason): void {
    this.#send({ event: 'reload', data: { reason } });
  }

  ready(): void {
    this.#send({ event: 'ready' });
  }

  /** Asks anew who reads and what they may see, then says that the line is open. One that reads nothing is cut. */
  async round(): Promise<void> {
    // it had a round's time to read that it is over
    if (this.#isOver) this.stream.destroy();
    if (this.stream.destroyed) return;
    const viewer = await this.#viewer();
    if (viewer === undefined) return;
    const subject = await this.#identity.subject(viewer).catch((error) => this.#refused(error, 'hidden'));
    if (subject === undefined) return;
    this.#subject = subject;
    this.#stuck = this.#isFull ? this.#stuck + 1 : 0;
    if (this.#stuck > 1) this.stream.destroy();
    else if (!this.#isFull) this.#send({ event: 'beat' });
  }

  /** Ends it when the session or the key has ended; whoever was given or taken a role reads everything again. */
  async recheck(): Promise<void> {
    const viewer = await this.#viewer();
    if (viewer === undefined || hasSameRoles(viewer, this.#known)) return;
    this.#known = viewer;
    this.reload('roles');
  }

  end(reason: EndReason): void {
    if (this.#isOver || this.stream.destroyed) return;
    this.#isOver = true;
    this.stream.push(printMessage({ event: 'end', data: { reason } }));
    this.stream.push(null);
  }

  #viewer(): Promise<Viewer | undefined> {
    return this.#identity.viewer().catch((error) => this.#refused(error, 'signed_out'));
  }

  /** A refusal ends the stream; a database that is away does not. */
  #refused(error: unknown, reason: EndReason): undefined {
    if (!(error instanceof TriplineError) || error.code === 'unavailable') throw error;
    this.end(reason);
    return undefined;
  }

  #send(message: Message): void {
    if (this.#isOver || this.stream.destroyed) return;
    if (this.#isFull) this.#missed = true;
    else this.#isFull = !this.stream.push(printMessage(message));
  }

  #drained(): void {
    this.#isFull = false;
    if (!this.#missed) return;
    this.#missed = false;
    this.reload('slow');
  }
}

function hasSameRoles(one: Viewer, other: Viewer): boolean {
  return isDeepStrictEqual([one.roles, one.registryRoles], [other.roles, other.registryRoles]);
}
