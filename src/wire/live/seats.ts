import { TriplineError } from '../../model/error.ts';
import type { UserId } from '../../model/ids.ts';

/** Whoever is refused may come again after so long, in seconds. */
const RETRY_AFTER = 10;

export interface SeatLimits {
  /** Connections to this node. */
  readonly most: number;
  readonly mostPerPerson: number;
}

/** How many connections there are, and whose; those that are not let in yet count too. */
export class Seats {
  readonly #limits: SeatLimits;
  readonly #taken = new Map<UserId, number>();
  #all = 0;

  constructor(limits: SeatLimits) {
    this.#limits = limits;
  }

  /** Takes a seat. @returns what gives it back @throws TriplineError overloaded, unavailable */
  take(userId: UserId): () => void {
    const { most, mostPerPerson } = this.#limits;
    const own = this.#taken.get(userId) ?? 0;
    if (own >= mostPerPerson)
      throw refusal('overloaded', `you listen in ${own} places, and more are not open to one person`);
    if (this.#all >= most) throw refusal('unavailable', `${most} connections listen to this server: it takes no more`);
    this.#change(userId, 1);
    let isTaken = true;
    return () => {
      if (isTaken) this.#change(userId, -1);
      isTaken = false;
    };
  }

  #change(userId: UserId, by: 1 | -1): void {
    const own = (this.#taken.get(userId) ?? 0) + by;
    this.#all += by;
    if (own === 0) this.#taken.delete(userId);
    else this.#taken.set(userId, own);
  }
}

function refusal(code: 'overloaded' | 'unavailable', fault: string): TriplineError {
  const message = `${fault}: close a page that is open, or come again in ${RETRY_AFTER} seconds`;
  return new TriplineError(code, message, { retryAfter: RETRY_AFTER });
}
