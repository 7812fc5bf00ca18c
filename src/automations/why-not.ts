import type { FilterVerdict } from '../engine/filter-verdict.ts';
import type { Verdict } from '../engine/judge.ts';
import type { LimitInForce } from '../engine/limits-in-force.ts';
import type { Instant } from '../model/clock.ts';
import type { ProjectId, TenantId } from '../model/ids.ts';
import type { SubjectExecution } from '../store/subject-executions.ts';

/** The value that came nearest, and where it stands. */
export interface Nearest {
  /** `AVERAGE(loss) = 0.58` */
  readonly words: string;
  /** In the unit of what is compared. */
  readonly shortfall: number;
  readonly line: number;
  readonly step: number | null;
  /** When it arrived. */
  readonly at: Instant | null;
  /** Whether none came nearer, as far as values are accounted for. */
  readonly exact: boolean;
}

/** What the values of a metric said to an automation. */
export interface MetricExamined {
  /** `AVERAGE(loss) over the last 5 values > 0.6` */
  readonly condition: string;
  readonly window: { readonly has: number; readonly needs: number };
  /** What the newest value says; `null` when there is none. */
  readonly current: { readonly words: string; readonly reason: Verdict['reason'] } | null;
  /** Values that came since the automation waits for them; `null` where they could not be counted in time. */
  readonly evaluated: number | null;
  /** Of how many of them is known whether they met the condition: of all, where the time sufficed. */
  readonly looked: number;
  /** How many of those met the condition. */
  readonly held: number;
  /** Whether that is known of all of them. */
  readonly complete: boolean;
  readonly nearest: Nearest | null;
}

/** Why an automation fired or did not, in one word. */
export type WhyReason =
  | 'fired'
  | 'out_of_scope'
  | 'disabled'
  | 'filter'
  | 'resting'
  | 'no_values'
  | 'nothing_happened'
  | 'came_too_early'
  | 'window_not_full'
  | 'condition'
  | 'held_and_did_not_fire';

/** Something that happened to the subject, as the automation sees it. */
export interface ExaminedEvent extends FilterVerdict {
  readonly id: string;
  readonly type: string;
  readonly at: Instant;
  /** Whether it is one that the automation waits for, apart from its filter. */
  readonly awaited: boolean;
}

/** The answer to "why did it not fire?" for one automation and one run or version. */
export interface WhyNot {
  readonly reason: WhyReason;
  /** The same for people. */
  readonly words: string;
  /** Of the run as it is now; `null` for an artifact, whose events each have their own. */
  readonly filter: FilterVerdict | null;
  readonly limits: readonly LimitInForce[];
  /** Of a metric automation. */
  readonly metric: MetricExamined | null;
  /** Of other automations: what happened, newest first. */
  readonly events: readonly ExaminedEvent[];
  /** What it did about the subject, newest first. */
  readonly executions: readonly SubjectExecution[];
}

/** The run or version that is asked about, and where it lies. */
export interface WhySubject {
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
  readonly subjectId: string;
}
