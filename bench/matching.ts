import { firedAt } from '../src/engine/artifact-match.ts';
import type { AutomationRecord } from '../src/engine/automation.ts';
import { automation, change, PLACE, threshold } from '../src/engine/fixtures.ts';
import { Observed } from '../src/engine/observe.ts';
import { Rulebook } from '../src/engine/rulebook.ts';
import { RunWindows } from '../src/engine/run-windows.ts';
import { ARTIFACT_EVENTS } from '../src/events/artifact-fixtures.ts';
import type { EventDefinition } from '../src/events/index.ts';
import { parseEvent } from '../src/events/parse-event.ts';
import { asId } from '../src/model/ids.ts';
import type { Json } from '../src/model/json.ts';
import type { ReportedState } from '../src/model/run-state.ts';
import type { Bench } from './bench.ts';
import { METRICS, ROWS } from './chunk.ts';
import { round, say, title } from './report.ts';
import { measureRulebookMemory } from './rulebook-memory.ts';

/** Automations that there are; of each kind of event this many watch the one that happens. */
const SIZES = [10, 1_000, 100_000];
const WATCHING = 10;
/** What one size may cost more than the smallest. */
const MOST_TIMES = 2;

const COLLECTION = { ...PLACE, collectionId: asId<never>('4') };

/** What it costs to find out what an event fires, when few of many automations watch it: no database, no network. */
export async function measureMatching(bench: Bench): Promise<void> {
  title(`matching: ${WATCHING} automations watch what happens, all others something else`);
  const books = SIZES.map((size) => ({ size, book: bookOf(size) }));
  for (const [kind, actOn] of Object.entries(KINDS)) {
    const rates = books.map(({ size, book }) => ({
      size,
      perSecond: rateOf(bench.seconds / SIZES.length, actOn(book)),
    }));
    const [least] = rates;
    for (const { size, perSecond } of rates) {
      const times = (least?.perSecond ?? Number.NaN) / perSecond;
      const aim = { text: `<= ${MOST_TIMES} times`, met: times <= MOST_TIMES };
      say(`${kind}, of ${round(size)} automations`, `${round(perSecond)}/s`, {
        ...(size === SIZES[0] ? {} : { aim, note: `${times.toFixed(2)} times` }),
      });
    }
  }
  await measureRulebookMemory(bench, SIZES.at(-1) ?? 0);
}

/** One act for each kind of event: everything that its matching takes. */
const KINDS: Readonly<Record<string, (book: Rulebook) => () => void>> = {
  [`${ROWS} rows of ${METRICS} metrics`]: (book) => {
    const plan = book.plan(PLACE);
    const lines = Array.from({ length: ROWS }, (_, step) => ({ step, timestamp: step, values: rowOf(step) }));
    const windows = RunWindows.ofNewRun(new Observed(plan));
    let first = 0;
    return () => {
      const observed = new Observed(plan);
      observed.add('history', first, lines);
      first += ROWS;
      windows.fold(observed, { latches: new Map(), now: 0 });
    };
  },
  'aliases added': (book) => () => void firedAt(book, COLLECTION, ARTIFACT_EVENTS.ADD_ARTIFACT_ALIAS),
  'runs that end': (book) => {
    const plan = book.plan(PLACE);
    return () => void plan.entering('FINISHED');
  },
};

function rowOf(step: number) {
  return Object.fromEntries(Array.from({ length: METRICS }, (_, at) => [`metric_${at}`, Math.sin(step + at)]));
}

function bookOf(size: number): Rulebook {
  const book = new Rulebook();
  const records = Array.from({ length: size }, (_, at) => (at < WATCHING ? watching(at) : other(at)));
  book.patch(records.flatMap((each) => each.map(change)));
  return book;
}

/** One automation for each kind of event. */
function watching(at: number): AutomationRecord[] {
  return trio(at, 'metric_0', 'FINISHED', 'ADD_ARTIFACT_ALIAS', {});
}

/** The same elsewhere, or something else here and in the whole organization. */
function other(at: number): AutomationRecord[] {
  switch (at % 3) {
    case 0:
      return trio(at, 'metric_0', 'FINISHED', 'ADD_ARTIFACT_ALIAS', { scope: { kind: 'project', id: `1${at}` } });
    case 1:
      return trio(at, `other_${at}`, 'FAILED', 'ADD_ARTIFACT_ALIAS', {}, `other_${at}`);
    default:
      return trio(at, `other_${at}`, 'RUNNING', 'LINK_MODEL', { scope: { kind: 'entity', id: PLACE.rootId } });
  }
}

function trio(
  at: number,
  metric: string,
  state: ReportedState,
  type: 'ADD_ARTIFACT_ALIAS' | 'LINK_MODEL',
  fields: Partial<AutomationRecord>,
  alias: Json = { $regex: '^prod' },
): AutomationRecord[] {
  const events: EventDefinition[] = [
    threshold({ metric, aggregation: 'AVERAGE', window: 50 }),
    { type: 'RUN_STATE', runFilter: { $and: [] }, states: [state] },
    parseEvent(type, { $or: [{ $and: [{ alias }] }] }),
  ];
  return events.map((event, kind) => automation(String(3 * at + kind + 1), event, fields));
}

/** Acts in a second, after a while in which the machine warms up. */
function rateOf(seconds: number, act: () => void): number {
  const repeat = (until: number): number => {
    let acts = 0;
    while (performance.now() < until) for (let each = 0; each < 16; each += 1, acts += 1) act();
    return acts;
  };
  repeat(performance.now() + 300);
  const begun = performance.now();
  return (1000 * repeat(begun + seconds * 1000)) / (performance.now() - begun);
}
