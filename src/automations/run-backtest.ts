import { isMetricAutomation, type LiveAutomation, type MetricAutomation, type Stream } from '../engine/automation.ts';
import { type BacktestReport, NO_REPORT, withFiring } from '../engine/backtest-report.ts';
import { type Draft, draftAutomation } from '../engine/draft.ts';
import { measuredWords } from '../engine/measured-words.ts';
import type { Replayed } from '../engine/series-replay.ts';
import { runFacts } from '../events/run-subject.ts';
import { matches } from '../filter/match.ts';
import type { EntityId, EventId, RunId } from '../model/ids.ts';
import { runsActiveIn, type TimeRange } from '../store/active-runs.ts';
import type { Queryable } from '../store/database.ts';
import { lineAt } from '../store/line-at.ts';
import { type SeenRun, seeRun } from '../store/scope-runs.ts';
import type { SubjectEvent } from '../store/subject-events.ts';
import type { Territory } from '../store/territory.ts';
import { eventsIn } from '../store/territory-events.ts';
import { pastEventFires } from './past-event-fires.ts';
import { LineGone, replayRun } from './replay-run.ts';
import { told } from './told-event.ts';

/** What a backtest is asked: a draft, where it would have watched, and when. */
export interface BacktestTask extends Draft, TimeRange {
  readonly rootId: EntityId;
  readonly territories: readonly Territory[];
  /** The name of the collection that is watched; `null` when it is not one. */
  readonly collection: string | null;
}

/** Runs and events in memory at a time. */
const PAGE = 200;
/** Runs have no pages here: nobody reads a backtest's captured addresses. */
const NO_PAGES = { runUrl: () => '' };

/**
 * Evaluates a draft over what is stored, in slices: metrics over the history of runs, everything else over the events
 * that were recorded. Run filters of metrics see the runs as they are now; events are as they were.
 *
 * @param proceed told after each slice how far it is. @returns false to have it end early
 */
export async function runBacktest(
  database: Queryable,
  task: BacktestTask,
  proceed: (report: BacktestReport) => Promise<boolean>,
): Promise<BacktestReport> {
  const automation = draftAutomation(task);
  const backtest = new Backtest(database, task, proceed);
  for (const territory of task.territories) {
    const goesOn = isMetricAutomation(automation)
      ? await backtest.overRuns(territory, automation)
      : await backtest.overEvents(territory, automation);
    if (!goesOn) break;
  }
  return backtest.report;
}

class Backtest {
  report: BacktestReport = NO_REPORT;
  readonly #database: Queryable;
  readonly #task: BacktestTask;
  readonly #proceed: (report: BacktestReport) => Promise<boolean>;

  constructor(database: Queryable, task: BacktestTask, proceed: (report: BacktestReport) => Promise<boolean>) {
    this.#database = database;
    this.#task = task;
    this.#proceed = proceed;
  }

  async overRuns(territory: Territory, automation: MetricAutomation): Promise<boolean> {
    for (let before: RunId | null = null; ; ) {
      const keys = await runsActiveIn(this.#database, territory, this.#task, { before, limit: PAGE });
      for (const key of keys) {
        const seen = await seeRun(NO_PAGES, this.#database, key);
        if (seen !== undefined && !(await this.#overRun(seen, automation))) return false;
      }
      before = keys.at(-1)?.runId ?? null;
      if (keys.length < PAGE) return true;
    }
  }

  async overEvents(territory: Territory, automation: LiveAutomation): Promise<boolean> {
    const fires = pastEventFires(automation, { ...this.#task, tenantId: territory.tenantId });
    for (let after: EventId | null = null; ; ) {
      const page = { after, limit: PAGE };
      const found = await eventsIn(this.#database, territory, automation.event.type, this.#task, page);
      for (const event of found) this.#count(event, fires(event));
      after = found.at(-1)?.eventId ?? null;
      if (!(await this.#proceed(this.report))) return false;
      if (found.length < PAGE) return true;
    }
  }

  /** @returns whether to go on */
  async #overRun(seen: SeenRun, automation: MetricAutomation): Promise<boolean> {
    const matched = matches(automation.filter, runFacts(seen.run));
    const { runs, fired } = this.report;
    this.report = {
      ...this.report,
      runs: { ...runs, considered: runs.considered + 1, matched: runs.matched + Number(matched) },
    };
    if (!matched) return this.#proceed(this.report);
    const goesOn = await this.#replay(seen, automation);
    const didFire = Number(this.report.fired > fired);
    this.report = { ...this.report, runs: { ...this.report.runs, fired: this.report.runs.fired + didFire } };
    return goesOn;
  }

  /** @returns whether to go on */
  async #replay(seen: SeenRun, automation: MetricAutomation): Promise<boolean> {
    try {
      for await (const { stream, firings, values } of replayRun(this.#database, seen, automation, this.#task)) {
        this.report = { ...this.report, values: this.report.values + values };
        for (const firing of firings) await this.#fire(seen, automation, stream, firing);
        if (!(await this.#proceed(this.report))) return false;
      }
    } catch (error) {
      if (!(error instanceof LineGone)) throw error;
    }
    return true;
  }

  async #fire(
    { head, run }: SeenRun,
    { event }: MetricAutomation,
    stream: Stream,
    { at, line, verdict }: Replayed,
  ): Promise<void> {
    const placed = await lineAt(this.#database, { tenantId: head.tenantId, runId: head.runId, stream }, line);
    this.report = withFiring(this.report, {
      ...{ at, line, step: placed?.step ?? null, values: verdict.values, event: null },
      subject: `${run.entity}/${run.project}/${run.displayName}`,
      run: run.id,
      words: measuredWords(event, verdict),
    });
  }

  #count({ eventId, occurredAt, captured }: SubjectEvent, fires: boolean): void {
    const { considered, matched } = this.report.events;
    this.report = { ...this.report, events: { considered: considered + 1, matched: matched + Number(fires) } };
    if (!fires) return;
    const none = { line: null, step: null, values: [] };
    this.report = withFiring(this.report, { at: occurredAt, ...none, event: eventId, ...told(captured) });
  }
}
