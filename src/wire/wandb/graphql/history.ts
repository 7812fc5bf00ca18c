import { invalid } from '../../../model/error.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { printLooseJson } from '../../../model/loose-json.ts';
import { linesBetweenSteps, sampleKeys, sampleLines, tailLines } from '../../../store/history-reads.ts';
import type { Stream } from '../../../store/history-writes.ts';
import type { MetricFold, MetricSummary } from '../../../store/metric-fold.ts';
import type { RunView } from '../../../store/run-views.ts';
import type { GraphqlContext } from './context.ts';
import { parseSampleSpec } from './history-spec.ts';
import type { GraphqlModule } from './module.ts';

interface SampleArgs {
  readonly samples?: number;
}

interface StepArgs extends SampleArgs {
  readonly minStep?: number;
  /** Exclusive. */
  readonly maxStep?: number;
}

const DEFAULT_SAMPLES = 500;
/** Specs of one request, each a read of the history; the client sends one. */
const MOST_SPECS = 100;

/** What a run has logged (wandb protocol, 6.5). */
export const history: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Run {
      historyLineCount: Int!
      eventsLineCount: Int!
      logLineCount: Int!
      "The last line, as a JSON list of texts."
      historyTail: String
      eventsTail: String
      historyKeys: JSON
      systemMetrics: JSONString
      "Lines evenly sampled, or those with minStep <= _step < maxStep."
      history(samples: Int, minStep: Int64, maxStep: Int64): [String!]!
      events(samples: Int): [String!]!
      "For each spec the rows that have all its keys."
      sampledHistory(specs: [JSONString!]!): [JSON!]!
      "Nothing is exported to files: readers ask for the live history."
      parquetHistory(liveKeys: [String!]): ParquetHistory
    }
    type ParquetHistory {
      parquetUrls: [String!]!
      liveData: [JSON!]!
    }
  `,
  resolvers: {
    Run: {
      historyLineCount: (run: RunView) => lineCount(run.historyOffset, run.historyLines),
      eventsLineCount: (run: RunView) => lineCount(run.eventsOffset, run.eventsLines),
      logLineCount: (run: RunView) => run.consoleLines,
      historyTail: (run: RunView, _args, context) => tail(run, 'history', context),
      eventsTail: (run: RunView, _args, context) => tail(run, 'events', context),
      historyKeys: async (run: RunView, _args, context) =>
        run.historyLines === 0 ? null : historyKeys(await metricsOf(run, 'history', context)),
      systemMetrics: async (run: RunView, _args, context) =>
        run.eventsLines === 0 ? '{}' : systemMetrics(await metricsOf(run, 'events', context)),
      history: (run: RunView, args: StepArgs, { ground }) =>
        args.minStep === undefined && args.maxStep === undefined
          ? sampleLines(ground.database, run, {
              stream: 'history',
              lineCount: run.historyLines,
              samples: samplesOf(args),
            })
          : linesBetweenSteps(ground.database, run, {
              minStep: storedStep(args.minStep ?? 0),
              beforeStep: storedStep(args.maxStep ?? Number.MAX_SAFE_INTEGER),
              samples: samplesOf(args),
            }),
      events: (run: RunView, args: SampleArgs, { ground }) =>
        sampleLines(ground.database, run, { stream: 'events', lineCount: run.eventsLines, samples: samplesOf(args) }),
      sampledHistory: async (run: RunView, { specs }: { specs: readonly string[] }, { ground, tracking }) => {
        if (specs.length > MOST_SPECS) throw invalid(`send at most ${MOST_SPECS} specs at once`, 'specs');
        const wanted = specs.map(parseSampleSpec);
        const answers: JsonObject[][] = [];
        for (const spec of wanted) answers.push(await sampleKeys(ground.database, run, spec, tracking.columnsWanted));
        return answers;
      },
      parquetHistory: () => ({ parquetUrls: [], liveData: [] }),
    },
  },
};

/** Where a resumed client goes on to count: behind everything it has sent, and everything that we have. */
function lineCount(offset: number, lines: number): number {
  return Math.max(offset, lines);
}

function samplesOf({ samples = DEFAULT_SAMPLES }: SampleArgs): number {
  if (samples < 0) throw invalid('samples must not be negative', 'samples');
  return samples;
}

/** Steps are stored as integers that JavaScript holds exactly. */
function storedStep(step: number): number {
  return Math.min(Math.max(step, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

async function tail(run: RunView, stream: Stream, { ground }: GraphqlContext): Promise<string> {
  const lines = stream === 'history' ? run.historyLines : run.eventsLines;
  return JSON.stringify(await tailLines(ground.database, run, { stream, lineCount: lines, last: 1 }));
}

function metricsOf(run: RunView, stream: Stream, { runMetrics }: GraphqlContext): Promise<MetricFold> {
  const { tenantId, runId, epoch } = run;
  const lines = stream === 'history' ? run.historyLines : run.eventsLines;
  return runMetrics.read({ tenantId, runId, epoch, stream, lines });
}

function historyKeys({ lastStep, metrics }: MetricFold): unknown {
  const keys = [...metrics].map(([name, summary]): [string, unknown] => [name, keyOf(summary)]);
  return { lastStep: lastStep ?? -1, sets: [], keys: Object.fromEntries(keys) };
}

function keyOf({ typeCounts, monotonic, lastValue }: MetricSummary): unknown {
  return {
    typeCounts: [...typeCounts].map(([type, count]) => ({ type, count })),
    monotonic,
    previousValue: lastValue,
  };
}

/** The client's own marks are no measurements. */
function systemMetrics({ metrics }: MetricFold): string {
  const values = [...metrics].filter(([name]) => name !== '_wandb');
  return printLooseJson(Object.fromEntries(values.map(([name, { lastValue }]): [string, Json] => [name, lastValue])));
}
