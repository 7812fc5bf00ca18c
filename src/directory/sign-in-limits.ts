import { hash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { TriplineError } from '../model/error.ts';
import type { Ground } from '../store/ground.ts';
import { type Attempts, countAttempts, forgiveAttempts } from '../store/sign-in-attempts.ts';

const WINDOW_MS = 15 * 60_000;
/** Of one account from one address. */
const HERE = 5;
/** Of one account from anywhere: more, so that strangers can hardly keep its owner out. */
const ACCOUNT = 50;
/** From one address. */
const ADDRESS = 30;

/** One attempt to sign in, as it was counted. */
export interface CountedAttempt {
  /** Why it must not go on; a password is then not looked at. */
  readonly refusal: TriplineError | undefined;
  /** Whether this is the attempt with which the refusals begin. */
  readonly first: boolean;
  /** Uncounts it: it succeeded. */
  forgive(): Promise<void>;
}

/**
 * Counts an attempt per account and address, over all nodes. Only attempts that fail stay counted.
 *
 * @param account id of the user who was named, or a name that nobody has; `null` for an API key, which nobody guesses
 */
export async function countAttempt(
  { database, clock }: Pick<Ground, 'database' | 'clock'>,
  account: string | null,
  address: string,
): Promise<CountedAttempt> {
  const block = addressBlock(address);
  const accounts = account === null ? [] : [key('here', account, block), key('account', account)];
  const limits = new Map([[key('address', block), ADDRESS]]);
  if (accounts[0] !== undefined) limits.set(accounts[0], HERE);
  if (accounts[1] !== undefined) limits.set(accounts[1], ACCOUNT);
  const now = clock.now();
  const counted = await countAttempts(database, [...limits.keys()], { now, window: WINDOW_MS });
  const over = counted.filter((each) => each.attempts > limitOf(limits, each));
  return {
    refusal: over.length === 0 ? undefined : tooMany(over, now),
    first: over.some((each) => each.attempts === limitOf(limits, each) + 1),
    forgive: () => forgiveAttempts(database, { forgotten: accounts, lessened: [key('address', block)] }),
  };
}

function limitOf(limits: ReadonlyMap<string, number>, { key: name }: Attempts): number {
  return limits.get(name) ?? 0;
}

function tooMany(over: readonly Attempts[], now: number): TriplineError {
  const until = Math.max(...over.map(({ since }) => since)) + WINDOW_MS;
  const retryAfter = Math.max(1, Math.ceil((until - now) / 1000));
  const minutes = Math.ceil(retryAfter / 60);
  const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return new TriplineError('overloaded', `too many attempts to sign in: come again in ${wait}`, { retryAfter });
}

/** People may have many addresses of IPv6, but hardly many networks. */
function addressBlock(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString();
}

/** Hashed: people type passwords where a name is asked. */
function key(...parts: readonly string[]): string {
  return hash('sha256', parts.map((part) => part.toLowerCase()).join('\0'), 'hex');
}
