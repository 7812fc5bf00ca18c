/** Something that is done again and again until it is stopped. */
export interface Repetition {
  /** Lets the turn that is under way end, and begins no other. */
  stop(): Promise<void>;
}

/**
 * Does `work` at once and then again `pause` milliseconds after each turn has ended. A turn that fails is told and
 * does not keep the next from its turn.
 */
export function repeat(pause: number, work: () => Promise<unknown>, onFailure: (error: unknown) => void): Repetition {
  let stopped = false;
  let wake: (() => void) | undefined;
  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const turns = async (): Promise<void> => {
    while (!stopped) {
      await work().catch(onFailure);
      if (!stopped) await rest();
    }
  };
  const ended = turns();
  return {
    stop: () => {
      stopped = true;
      wake?.();
      return ended;
    },
  };
}
