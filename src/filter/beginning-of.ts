import type { RE2JS } from 're2js';

/** Steps of a compiled pattern; the engine's types do not tell. */
interface Step {
  readonly op: number;
  /** The number of the next step. */
  readonly out: number;
  readonly arg: number;
  readonly runes: ArrayLike<number>;
}

const CAPTURE = 3;
const ASSERTION = 4;
const NOTHING = 7;
const ONE_CHARACTER = 9;
const AT_BEGINNING = 4;
const ANY_CASE = 1;

/** What every text that a pattern matches begins with, as far as the pattern's own beginning says it; `''` if not. */
export function beginningOf(pattern: RE2JS): string {
  const { inst: steps, start } = pattern.re2().prog as unknown as { inst: readonly Step[]; start: number };
  const after = (at: number): Step | undefined => {
    const step = steps[at];
    return step?.op === CAPTURE || step?.op === NOTHING ? after(step.out) : step;
  };
  const first = after(start);
  if (first?.op !== ASSERTION || (first.arg & AT_BEGINNING) === 0) return '';
  let text = '';
  for (let step = after(first.out); step !== undefined; step = after(step.out)) {
    const [character] = Array.from(step.runes);
    const isPlain = step.op === ONE_CHARACTER && step.runes.length === 1 && (step.arg & ANY_CASE) === 0;
    if (!isPlain || character === undefined) break;
    text += String.fromCodePoint(character);
  }
  return text;
}
