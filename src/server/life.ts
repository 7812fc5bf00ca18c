type Stop = () => Promise<unknown> | unknown;

/** What was started, in order; it is stopped in reverse. */
export interface Life {
  /** Whether `stop` was called. */
  readonly stopping: boolean;
  /** Registers how to stop what has just been started. */
  add(stop: Stop): void;
  /** Stops everything, the last started first, each once; a stop that fails does not keep the others from theirs. */
  stop(): Promise<void>;
}

/** @param onStopFailure told about stops that failed */
export function createLife(onStopFailure: (error: unknown) => void): Life {
  const stops: Stop[] = [];
  let stopped: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) {
      try {
        await stop();
      } catch (error) {
        onStopFailure(error);
      }
    }
  };
  return {
    get stopping() {
      return stopped !== undefined;
    },
    add: (stop) => stops.push(stop),
    stop: () => {
      stopped ??= stopAll();
      return stopped;
    },
  };
}
