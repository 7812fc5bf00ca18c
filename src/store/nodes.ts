import { randomUUID } from 'node:crypto';
import type { Instant } from '../model/clock.ts';
import { TriplineError } from '../model/error.ts';
import type { Queryable } from './database.ts';
import type { Ground } from './ground.ts';

const LEASE_MS = 60_000;
const RENEW_EVERY_MS = 15_000;
/** Without a renewal for this long the number counts as lost: one renewal before the lease ends for the others. */
const SILENCE_MS = LEASE_MS - RENEW_EVERY_MS;
const TRIES = 50;

export interface NodeLease {
  /** 0 to 1023: no other living process makes large ids with it. */
  readonly number: number;
  /** Names this process, for instance as the owner of a destination. */
  readonly holder: string;
  /** Ends the renewals and gives the number back. */
  stop(): Promise<void>;
}

/**
 * Leases a node number for this process and renews it every 15 s.
 *
 * @param onLost called once when the lease could not be kept: the process must then stop making ids
 * @throws TriplineError unavailable when all 1,024 numbers are leased
 */
export async function leaseNodeNumber(
  ground: Pick<Ground, 'database' | 'clock'>,
  onLost: (reason: string) => void,
): Promise<NodeLease> {
  const { database, clock } = ground;
  const holder = randomUUID();
  const number = await takeNumber(ground, holder);
  const renewals = keepRenewed(() => renewLease(database, number, holder, clock.now()), onLost);
  return {
    number,
    holder,
    stop: async () => {
      clearInterval(renewals);
      await endLease(database, number, holder, clock.now());
    },
  };
}

async function takeNumber(ground: Pick<Ground, 'database' | 'clock'>, holder: string): Promise<number> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const number = await claimNumber(ground.database, holder, ground.clock.now());
    if (number !== undefined) return number;
  }
  throw new TriplineError('unavailable', 'no node number is free: 1,024 processes use this database already');
}

/**
 * Takes a number that was never used, else the one whose lease ended longest ago, so that ids of a process that
 * was frozen meet nobody's. `undefined` when another process took it at the same moment.
 */
async function claimNumber(database: Queryable, holder: string, now: Instant): Promise<number | undefined> {
  const [row] = await database.query<{ number: number }>(
    `insert into node (number, holder, lease_until)
     select candidate.number, $1::uuid, to_timestamp($3::float8 / 1000)
     from generate_series(0, 1023) as candidate(number) left join node on node.number = candidate.number
     where node.number is null or node.lease_until <= to_timestamp($2::float8 / 1000)
     order by node.lease_until nulls first, candidate.number limit 1
     on conflict (number) do update set holder = excluded.holder, lease_until = excluded.lease_until
     where node.lease_until <= to_timestamp($2::float8 / 1000)
     returning number`,
    [holder, now, now + LEASE_MS],
  );
  return row?.number;
}

async function renewLease(database: Queryable, number: number, holder: string, now: Instant): Promise<boolean> {
  const renewed = await database.execute(
    `update node set lease_until = to_timestamp($3::float8 / 1000) where number = $1::int and holder = $2::uuid`,
    [number, holder, now + LEASE_MS],
  );
  return renewed === 1;
}

async function endLease(database: Queryable, number: number, holder: string, now: Instant): Promise<void> {
  await database.execute(
    `update node set lease_until = to_timestamp($3::float8 / 1000) where number = $1::int and holder = $2::uuid`,
    [number, holder, now],
  );
}

function keepRenewed(renew: () => Promise<boolean>, onLost: (reason: string) => void): NodeJS.Timeout {
  // by this process's monotonic clock: a moved test clock must not end a lease
  let renewedAt = performance.now();
  let lost = false;
  const lose = (reason: string): void => {
    clearInterval(timer);
    if (!lost) onLost(reason);
    lost = true;
  };
  const tick = async (): Promise<void> => {
    const asked = performance.now();
    if (asked - renewedAt >= SILENCE_MS) return lose('the lease could not be renewed in time');
    try {
      if (await renew()) renewedAt = asked;
      else lose('another process took the number');
    } catch {
      // the database is away: told elsewhere; the silence counts
    }
  };
  const timer = setInterval(tick, RENEW_EVERY_MS);
  timer.unref();
  return timer;
}
