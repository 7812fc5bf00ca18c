import { looseJson } from '../support/loose-json.ts';
import { GROUPS, type Group } from './conditions.ts';
import type { Random } from './random.ts';

/** What one run will do from its first request to its last, decided before anything is sent. */
export interface Script {
  readonly id: string;
  readonly group: Group;
  readonly steps: readonly Step[];
}

export type Step = { readonly kind: 'start' } | Chunk;

/** One request of file_stream, repeated until it is acknowledged, byte for byte. */
export interface Chunk {
  readonly kind: 'chunk';
  readonly history: readonly Line[];
  readonly events: readonly Line[];
  readonly summary: string | undefined;
  readonly exitCode: number | undefined;
  /** The client dies while this request is on the wire: nobody repeats it. */
  readonly abandoned: boolean;
  readonly body: string;
}

/** One line of a stream. */
export interface Line {
  readonly text: string;
  /** Its numbers by the names that automations know; none for NaN. */
  readonly values: Readonly<Record<string, number>>;
}

type Row = Readonly<Record<string, unknown>>;

/** How a run ends: with an exit code, again after it was resumed, in silence, or in the middle of a request. */
type Ending = number | 'resumed' | 'lost' | 'abandoned';

const ENDINGS: readonly Ending[] = [0, 0, 0, 0, 1, 255, 'resumed', 'resumed', 'lost', 'lost', 'abandoned'];

export function scriptOf(number: number, random: Random): Script {
  const ending = random.pick(ENDINGS);
  const writer = new Writer(random);
  const start: Step = { kind: 'start' };
  const steps: Step[] = [start, ...writer.chunks(random.whole(3, 14))];
  if (typeof ending === 'number') steps.push(writer.chunk({ exitCode: ending }));
  if (ending === 'lost') steps.push(writer.chunk({}));
  if (ending === 'abandoned') steps.push(writer.chunk({ abandoned: true }));
  if (ending === 'resumed') {
    steps.push(writer.chunk({ exitCode: random.pick([0, 1]) }), start);
    steps.push(...writer.chunks(random.whole(1, 8)), writer.chunk({ exitCode: 0 }));
  }
  return { id: `run-${number}`, group: random.pick(GROUPS), steps };
}

/** Writes what a run logs, with the offsets that its client would count. */
class Writer {
  readonly #random: Random;
  #historyLines = 0;
  #eventsLines = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  chunks(count: number): Chunk[] {
    return Array.from({ length: count }, () => this.#write(this.#random.chance(0.4), {}));
  }

  /** The last one before a pause: it brings a summary. */
  chunk(end: { readonly exitCode?: number; readonly abandoned?: boolean }): Chunk {
    return this.#write(true, end);
  }

  #write(summarised: boolean, { exitCode, abandoned = false }: { exitCode?: number; abandoned?: boolean }): Chunk {
    const offsets = { history: this.#historyLines, events: this.#eventsLines };
    const history = Array.from({ length: this.#random.whole(1, 9) }, () => this.#historyLine());
    const events = Array.from({ length: this.#random.whole(0, 2) }, () => this.#eventsLine());
    const summary = summarised ? looseJson({ n: this.#historyLines - 1 }) : undefined;
    const files = {
      'wandb-history.jsonl': { offset: offsets.history, content: history.map(({ text }) => text) },
      ...(events.length > 0
        ? { 'wandb-events.jsonl': { offset: offsets.events, content: events.map(({ text }) => text) } }
        : {}),
      ...(summary === undefined ? {} : { 'wandb-summary.json': { offset: 0, content: [summary] } }),
    };
    const end = exitCode === undefined ? {} : { complete: true, exitcode: exitCode };
    const body = JSON.stringify({ files, ...end });
    return { kind: 'chunk', history, events, summary, exitCode, abandoned, body };
  }

  #historyLine(): Line {
    const n = this.#historyLines++;
    const random = this.#random;
    const loss = random.chance(0.05) ? Number.NaN : this.#value();
    const score = random.chance(0.4) ? this.#value() : undefined;
    const row: Row = { _step: n, n, loss, ...(score === undefined ? {} : { eval: { score } }) };
    const values = {
      n,
      ...(Number.isNaN(loss) ? {} : { loss }),
      ...(score === undefined ? {} : { 'eval.score': score }),
    };
    return { text: looseJson(row), values };
  }

  #eventsLine(): Line {
    const n = this.#eventsLines++;
    const cpu = this.#value();
    return { text: looseJson({ _wandb: true, _runtime: n, 'system.cpu': cpu }), values: { 'system.cpu': cpu } };
  }

  /** Eighths, whose sums are exact: a mean has one answer, in whatever order it is computed. */
  #value(): number {
    return this.#random.whole(-16 * 8, 16 * 8) / 8;
  }
}
