import type { Round } from './round.ts';
import { tellRound } from './tell-round.ts';

/** @returns what is told of a round when it has ended */
export function describeRound(round: Round): string {
  const { target, nodes, seed, killed, seconds, sent, verdict, log } = round;
  const { requests, runs } = sent;
  const { faults } = verdict;
  const told = [
    `${target}${nodes > 1 ? ` (${nodes})` : ''}, seed ${seed}: ${killed.length} kills in ${seconds.toFixed(0)} s`,
    `${runs.length} runs, ${requests.sent} requests (${requests.copies} copies, ${requests.lost} lost, ${requests.refusedForNow} refused)`,
    `${verdict.lines} lines, ${verdict.points} points`,
    `${verdict.firings} executions, ${verdict.repeats} repeats (${verdict.repeatsAfterSuccess} of unknown outcome)`,
  ];
  const when = killed.map(({ what, at }) => `${what} at ${(at / 1000).toFixed(2)} s`).join(', ');
  return tellRound({ target, seed, kills: killed.length, faults, log }, told, [`  killed: ${when}`]);
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
