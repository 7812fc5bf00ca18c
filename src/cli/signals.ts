import { constants } from 'node:os';

/** npm passes a Ctrl-C on although the terminal has sent it to us already: within this time it is the same one. */
const SAME_WITHIN_MS = 300;

/** Calls `stop` at the first SIGINT or SIGTERM; a second one ends the process at once. */
export function onStopSignal(stop: () => void): void {
  let first: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (first === undefined) {
        first = performance.now();
        stop();
      } else if (performance.now() - first > SAME_WITHIN_MS) {
        process.exit(128 + constants.signals[signal]);
      }
    });
  }
}
