import { TriplineError } from '../../model/error.ts';

const OWN_SERVER = 'name a PostgreSQL server of your own in DATABASE_URL';

/** @throws TriplineError unavailable where the embedded database is not offered */
export function refuseUnsupportedPlatform(): void {
  if (process.platform === 'win32') {
    throw new TriplineError('unavailable', `Tripline does not bring its own PostgreSQL on Windows: ${OWN_SERVER}.`);
  }
  if (process.platform !== 'linux' && process.getuid?.() === 0) {
    throw new TriplineError(
      'unavailable',
      `PostgreSQL does not run as root: start Tripline as an ordinary user, or ${OWN_SERVER}.`,
    );
  }
}
