import type { Round } from './round.ts';

/** Faults that are shown of one round, and lines of its log. */
const SHOWN_FAULTS = 20;
const SHOWN_LINES = 40;

/** A round in one line; with its faults, what the server said, and how to repeat it, when there are any. */
export function describeRound(round: Round): string {
  const { target, nodes, seed, killed, seconds, sent, verdict } = round;
  const { requests, runs } = sent;
  const line = [
    `${target}${nodes > 1 ? ` (${nodes})` : ''}, seed ${seed}: ${killed.length} kills in ${seconds.toFixed(0)} s`,
    `${runs.length} runs, ${requests.sent} requests (${requests.copies} copies, ${requests.lost} lost, ${requests.refusedForNow} refused)`,
    `${verdict.lines} lines, ${verdict.points} points`,
    `${verdict.firings} executions, ${verdict.repeats} repeats (${verdict.repeatsAfterSuccess} of unknown outcome)`,
    `${verdict.faults.length} faults`,
  ].join('; ');
  return verdict.faults.length === 0 ? line : [line, ...detailsOf(round)].join('\n');
}

function detailsOf({ target, seed, killed, verdict, log }: Round): string[] {
  const shown = verdict.faults.slice(0, SHOWN_FAULTS);
  return [
    ...shown.map((fault) => `  FAULT ${fault}`),
    ...(shown.length < verdict.faults.length ? [`  and ${verdict.faults.length - shown.length} more`] : []),
    `  killed: ${killed.map(({ what, at }) => `${what} at ${(at / 1000).toFixed(2)} s`).join(', ')}`,
    '  the server said at last:',
    ...log
      .trim()
      .split('\n')
      .slice(-SHOWN_LINES)
      .map((said) => `    ${said}`),
    `  to repeat it: npm run chaos -- --target ${target} --seed ${seed} --kills ${killed.length}`,
  ];
}

/** The sum over rounds. */
export class Totals {
  kills = 0;
  faults = 0;
  #points = 0;
  #lines = 0;
  #executions = 0;
  #repeats = 0;
  #seconds = 0;

  add({ killed, verdict, seconds }: Round): void {
    this.kills += killed.length;
    this.faults += verdict.faults.length;
    this.#points += verdict.points;
    this.#lines += verdict.lines;
    this.#executions += verdict.firings;
    this.#repeats += verdict.repeats;
    this.#seconds += seconds;
  }

  describe(): string {
    const found = this.faults === 0 ? 'nothing lost, nothing missing, nothing fired twice' : `${this.faults} faults`;
    return `${this.kills} kills in ${this.#seconds.toFixed(0)} s: ${this.#lines} lines, ${this.#points} points, ${this.#executions} executions, ${this.#repeats} repeats: ${found}`;
  }
}
