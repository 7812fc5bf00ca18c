import { Alarm } from '../delivery/alarm.ts';

/** Something that is done again and again until it is stopped. */
export interface Repetition {
  /** Lets the turn that is under way end, and begins no other. */
  stop(): Promise<void>;
}

/** What a turn answers that left something: the next begins at once. */
export const MORE = Symbol('more');

/**
 * Does `work` at once and then again `pause` milliseconds after each turn has ended, unless it answers
 * {@link MORE}. A turn that fails is told and
 * does not keep the next from its turn.
 */
export function repeat(pause: number, work: () => Promise<unknown>, onFailure: (error: unknown) => void): Repetition {
  let stopped = false;
  const rest = new Alarm();
  const turns = async (): Promise<void> => {
    while (!stopped) {
      const left = await work().catch(onFailure);
      if (!stopped && left !== MORE) await rest.wait(pause);
    }
  };
  const ended = turns();
  return {
    stop: () => {
      stopped = true;
      rest.ring();
      return ended;
    },
  };
}
