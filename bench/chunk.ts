/**
 * The request of the benchmark, as the real client sends it every few seconds (wandb protocol, section 3): 15
 * lines of 13 keys, of which 10 are metrics, and in the same request the whole summary, since it has changed.
 */
export const ROWS = 15;
export const METRICS = 10;
/** Values of metrics in one request. */
export const POINTS = ROWS * METRICS;

/** Steps have this many digits, so that requests of one run differ in digits only and never in length. */
const DIGITS = 7;
export const FIRST_STEP = 10 ** (DIGITS - 1);

/** A request that can be moved to any step in place: making the next one costs nothing beside sending it. */
export interface Chunk {
  /** Head and body. */
  readonly bytes: Buffer;
  /** Makes it continue a run whose next step, and offset, is `step`. */
  moveTo(step: number): void;
  /** The texts that one of its files holds. */
  content(file: ChunkFile): string[];
}

type ChunkFile = 'wandb-history.jsonl' | 'wandb-summary.json';

/**
 * @param seed each run has values of its own: full doubles, as training logs them, all below 1
 * @param headOf what stands before a body of that many bytes
 */
export function chunkOf(seed: number, headOf: (bodyBytes: number) => string = () => ''): Chunk {
  const body = bodyOf(seed);
  const head = headOf(body.length);
  const bytes = Buffer.from(head + body);
  const places = placesIn(body).map(({ at, plus }) => ({ at: at + head.length, plus }));
  return {
    bytes,
    moveTo: (step) => {
      for (const { at, plus } of places) writeDigits(bytes, at, step + plus);
    },
    content: (file) => JSON.parse(bytes.toString('latin1', head.length)).files[file].content,
  };
}

function bodyOf(seed: number): string {
  const content = Array.from({ length: ROWS }, (_, row) => lineOf(seed, row));
  const summary = lineOf(seed, ROWS - 1, `,"_wandb":{"runtime":${FIRST_STEP}}`);
  return JSON.stringify({
    files: {
      'wandb-history.jsonl': { offset: FIRST_STEP, content },
      'wandb-summary.json': { offset: 0, content: [summary] },
    },
  });
}

function lineOf(seed: number, row: number, more = ''): string {
  const step = FIRST_STEP + row;
  const value = (at: number) => Math.abs(Math.sin(((seed * ROWS + row) * METRICS + at + 1) * 12.9898)) * 0.9;
  const metrics = Array.from({ length: METRICS }, (_, at) => `"metric_${at}":${value(at)}`);
  return `{"_step":${step},"_timestamp":179${step}.25,"_runtime":${step}.5,${metrics.join(',')}${more}}`;
}

/** Where steps stand in a body, and how far each lies beyond its first. */
function placesIn(body: string): { at: number; plus: number }[] {
  const steps = body.matchAll(/(?<=(?:offset|_step\\|_runtime\\|runtime\\)":|_timestamp\\":179)\d{7}/g);
  return [...steps].map(({ 0: digits, index }) => ({ at: index, plus: Number(digits) - FIRST_STEP }));
}

function writeDigits(bytes: Buffer, at: number, value: number): void {
  let rest = value | 0;
  for (let digit = at + DIGITS - 1; digit >= at; digit -= 1) {
    const tens = (rest / 10) | 0;
    bytes[digit] = 48 + rest - tens * 10;
    rest = tens;
  }
}
