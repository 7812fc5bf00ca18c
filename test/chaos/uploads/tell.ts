import { tellRound } from '../tell-round.ts';
import type { UploadRound } from './round.ts';

/** @returns what is told of a round when it has ended */
export function describeUploads(round: UploadRound): string {
  const { target, database, seed, kills, moves, seconds, ledger } = round;
  const count = (step: Parameters<typeof ledger.count>[0]) => ledger.count(step);
  return tellRound(round, [
    `${target} (${database}), seed ${seed}: ${kills} kills${moves > 0 ? ` and ${moves} of moves` : ''} in ${seconds.toFixed(0)} s`,
    `${ledger.versions.length} versions begun, ${ledger.committed.length} acknowledged`,
    `${count('put')} files, ${count('part')} parts, ${count('complete')} completed, ${count('commit')} commits (${ledger.lost} without answer)`,
  ]);
}

/** The sum over rounds. */
export class UploadTotals {
  kills = 0;
  faults = 0;
  #moves = 0;
  #versions = 0;
  #parts = 0;
  #seconds = 0;

  add({ kills, moves, faults, ledger, seconds }: UploadRound): void {
    this.kills += kills;
    this.#moves += moves;
    this.faults += faults.length;
    this.#versions += ledger.committed.length;
    this.#parts += ledger.count('part');
    this.#seconds += seconds;
  }

  describe(): string {
    const found = this.faults === 0 ? 'nothing lost, nothing half visible, nothing left over' : `${this.faults} faults`;
    return `${this.kills} kills and ${this.#moves} of moves in ${this.#seconds.toFixed(0)} s: ${this.#versions} versions, ${this.#parts} parts: ${found}`;
  }
}
