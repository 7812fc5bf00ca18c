/** Faults that are shown of one round, and lines of its log. */
const SHOWN_FAULTS = 20;
const SHOWN_LINES = 40;

/** What any round leaves behind. */
export interface Ended {
  readonly target: string;
  readonly seed: number;
  readonly kills: number;
  readonly faults: readonly string[];
  /** What the server printed. */
  readonly log: string;
}

/**
 * A round in one line; with its faults, what the server said, and how to repeat it, when there are any.
 *
 * @param told what the line says of the round
 * @param more lines that are of use only when something is wrong
 */
export function tellRound(ended: Ended, told: readonly string[], more: readonly string[] = []): string {
  const { faults } = ended;
  const line = [...told, `${faults.length} faults`].join('; ');
  return faults.length === 0 ? line : [line, ...faultsOf(ended), ...more, ...endOf(ended)].join('\n');
}

function faultsOf({ faults }: Ended): string[] {
  const shown = faults.slice(0, SHOWN_FAULTS);
  const left = faults.length - shown.length;
  return [...shown.map((fault) => `  FAULT ${fault}`), ...(left > 0 ? [`  and ${left} more`] : [])];
}

function endOf({ log, target, seed, kills }: Ended): string[] {
  const said = log.trim().split('\n').slice(-SHOWN_LINES);
  return [
    '  the server said at last:',
    ...said.map((each) => `    ${each}`),
    `  to repeat it: npm run chaos -- --target ${target} --seed ${seed} --kills ${kills}`,
  ];
}
