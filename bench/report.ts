/** What a figure should reach, and whether it does. */
export interface Aim {
  readonly text: string;
  readonly met: boolean;
}

const LABEL = 48;
const VALUE = 14;

export const round = (value: number): string => Math.round(value).toLocaleString('en');
export const ms = (value: number): string => `${value.toFixed(1)} ms`;
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export function title(text: string): void {
  console.log(`\n${text}`);
}

/** One line of the table: what was measured, its value, then its aim and what else there is to know. */
export function say(label: string, value: string, { aim, note = '' }: { aim?: Aim; note?: string } = {}): void {
  const judged = aim === undefined ? '' : `aim ${aim.text}: ${aim.met ? 'met' : 'MISSED'}`;
  const line = `  ${label.padEnd(LABEL)}${value.padStart(VALUE)}  ${judged.padEnd(26)}${note}`;
  console.log(line.trimEnd());
}

export const atLeast = (value: number, bound: number, show: (value: number) => string): Aim => ({
  text: `>= ${show(bound)}`,
  met: value >= bound,
});

export const atMost = (value: number, bound: number, show: (value: number) => string): Aim => ({
  text: `<= ${show(bound)}`,
  met: value <= bound,
});
