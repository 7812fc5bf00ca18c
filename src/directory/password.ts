import { randomBytes, scrypt } from 'node:crypto';
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
  const hash = await derive(password, salt);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), hash.toString('base64')].join('$');
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, COST, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}
