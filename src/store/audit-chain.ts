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

/** Pure: walks on from a place over sealed entries in the order of their numbers. */
export function walkChain(
  from: ChainPlace,
  entries: readonly SealedEntry[],
  checkpoints: Checkpoints,
): { readonly reached: ChainPlace; readonly broken?: ChainBreak } {
  let reached = from;
  for (const entry of entries) {
    const what = faultOf(reached, entry) ?? refutedBy(checkpoints, entry);
    if (what !== undefined) return { reached, broken: { number: Math.min(entry.number, reached.number + 1), what } };
    reached = { number: entry.number, hash: entry.hash };
  }
  return { reached };
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
