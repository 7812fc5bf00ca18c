import { createHash } from 'node:crypto';
import type { AuditEntry } from '../model/audit.ts';
import { canonicalJson } from '../model/canonical-json.ts';
import type { JsonObject } from '../model/json.ts';

/** A place in a chain: how many entries it holds until there, and the hash of the last, in hex. */
export interface ChainPlace {
  readonly number: number;
  readonly hash: string;
}

export interface SealedEntry extends AuditEntry, ChainPlace {}

/** Before the first entry of every chain. */
export const CHAIN_START: ChainPlace = { number: 0, hash: '0'.repeat(64) };

/** Pure: an entry as the next of a chain: SHA-256 over the hash before it and its canonical JSON, number included. */
export function nextInChain(previous: ChainPlace, entry: AuditEntry): SealedEntry {
  const number = previous.number + 1;
  const { tenantId, id, at, deed, actorId, actorName, reason, origin, subject, before, after } = entry;
  const facts: JsonObject = { tenantId, id, at, deed, actorId, actorName, reason, origin, before, after, number };
  const text = canonicalJson({ ...facts, subject: { ...subject } });
  const hash = createHash('sha256').update(Buffer.from(previous.hash, 'hex')).update(text).digest('hex');
  return { ...entry, number, hash };
}

/** Where a chain is not whole, and how. */
export interface ChainBreak {
  /** The first entry that cannot be vouched for. */
  readonly number: number;
  readonly what: string;
}

/** Places that a chain must go through: its head, and heads that were written down elsewhere. */
export type Checkpoints = readonly ChainPlace[];

/** Entries with numbers in a row that were dropped; its place is that of the last. */
export interface Anchor extends ChainPlace {
  readonly first: number;
  /** Hash of the entry before the first; `null` when that was missing already. */
  readonly previous: string | null;
}

/** What is known of a chain beside its entries. */
export interface Known {
  readonly checkpoints: Checkpoints;
  readonly anchors: ReadonlyMap<Anchor['first'], Anchor>;
}

/** How far a chain was walked. */
export interface Walk {
  readonly reached: ChainPlace;
  /** Entries that are there and unchanged. */
  readonly whole: number;
  /** Entries that were dropped: only their anchors speak for them. */
  readonly dropped: number;
  readonly broken?: ChainBreak;
}

export const WALK_START: Walk = { reached: CHAIN_START, whole: 0, dropped: 0 };

/** Pure: walks on over sealed entries in the order of their numbers, and over what was dropped between them. */
export function walkChain(from: Walk, entries: readonly SealedEntry[], known: Known): Walk {
  let walk = stepOver(from, known);
  for (const entry of entries) {
    if (walk.broken !== undefined) return walk;
    const { reached, whole } = walk;
    const what = faultOf(reached, entry) ?? refutedBy(known.checkpoints, entry);
    if (what !== undefined) return { ...walk, broken: { number: Math.min(entry.number, reached.number + 1), what } };
    walk = stepOver({ ...walk, reached: { number: entry.number, hash: entry.hash }, whole: whole + 1 }, known);
  }
  return walk;
}

/** Goes on to the end of what was dropped right after a place. */
function stepOver(from: Walk, { anchors, checkpoints }: Known): Walk {
  let walk = from;
  for (let anchor = anchors.get(walk.reached.number + 1); anchor !== undefined; ) {
    const { first, previous, number, hash } = anchor;
    const what = previous === walk.reached.hash ? refutedBy(checkpoints, anchor) : notFollowing(anchor);
    if (what !== undefined) return { ...walk, broken: { number: first, what } };
    walk = { ...walk, reached: { number, hash }, dropped: walk.dropped + number - first + 1 };
    anchor = anchors.get(number + 1);
  }
  return walk;
}

function notFollowing({ first, number }: Anchor): string {
  return `entries ${first} to ${number}, which were dropped, do not follow entry ${first - 1}: it or their anchor was changed`;
}

function faultOf(previous: ChainPlace, entry: SealedEntry): string | undefined {
  const wanted = previous.number + 1;
  if (entry.number > wanted) return `entry ${wanted} is missing`;
  if (entry.number < wanted) return `entry ${entry.number} (id ${entry.id}) is one too many`;
  if (nextInChain(previous, entry).hash === entry.hash) return undefined;
  return `entry ${entry.number} (id ${entry.id}) or its place was changed: its hash does not fit`;
}

function refutedBy(checkpoints: Checkpoints, { number, hash }: ChainPlace): string | undefined {
  const known = checkpoints.find((place) => place.number === number);
  return known === undefined || known.hash === hash ? undefined : `entry ${number} is not the one that the head names`;
}

/** Pure: a chain that ended where a checkpoint lies further has lost its end. */
export function lostEnd(reached: ChainPlace, checkpoints: Checkpoints): ChainBreak | undefined {
  const further = checkpoints.find(({ number }) => number > reached.number);
  if (further === undefined) return undefined;
  const number = reached.number + 1;
  return { number, what: `entries ${number} to ${further.number} are missing at the end` };
}
