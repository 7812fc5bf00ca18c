import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { invalid } from '../model/error.ts';

/** Costs that are usual for scrypt with 16 MiB: 2^14 blocks of 8, five times. */
const COST = { N: 2 ** 14, r: 8, p: 5 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const SHORTEST = 8;
const LONGEST = 1024;

/**
 * The form in which a password is stored: `scrypt$N$r$p$salt$hash`, so that costs may grow later.
 *
 * @throws TriplineError invalid when it is shorter than 8 or longer than 1,024 characters
 */
export async function hashPassword(password: string): Promise<string> {
  if (password.length < SHORTEST || password.length > LONGEST) {
    throw invalid(`password must be ${SHORTEST} to ${LONGEST} characters`, 'password');
  }
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, HASH_BYTES, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), hash.toString('base64')].join('$');
}

/**
 * Whether a password is the stored one. It takes as long when there is none, so that nobody learns who has one.
 *
 * @param stored as {@link hashPassword} wrote it
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  if (password.length > LONGEST) return false;
  const { cost, salt, hash } = partsOf(stored ?? NOBODYS);
  const given = await derive(password, salt, hash.length, cost);
  return timingSafeEqual(given, hash) && stored !== null;
}

/** Of no password: what is asked of users that do not exist is compared with it. */
const NOBODYS = ['scrypt', COST.N, COST.r, COST.p, 'A'.repeat(22), 'A'.repeat(43)].join('$');

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

function partsOf(stored: string): { readonly cost: Cost; readonly salt: Buffer; readonly hash: Buffer } {
  const [kind, N, r, p, salt = '', hash = ''] = stored.split('$');
  if (kind !== 'scrypt') throw new Error('a password is stored in a form that this program does not know');
  return {
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

function derive(password: string, salt: Buffer, length: number, cost: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, length, cost, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}
