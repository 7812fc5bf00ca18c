import type { Plan } from './plan.ts';

export type Step = 'create' | 'files' | 'put' | 'part' | 'complete' | 'manifest' | 'commit' | 'link' | 'delete';
export const STEPS: readonly Step[] = [
  ...(['create', 'files', 'put', 'part', 'complete', 'manifest', 'commit', 'link', 'delete'] as const),
];

/** What clients wrote down: before they sent something, and when it was acknowledged. */
export class UploadLedger {
  readonly versions: VersionEntry[] = [];
  /** Answers that no client may get, and what was found after a kill. */
  readonly faults: string[] = [];
  readonly begun = new Map<Step, number>();
  acknowledged = 0;
  lost = 0;

  open(plan: Plan): VersionEntry {
    const entry: VersionEntry = { plan, id: undefined, arrived: new Map(), commit: 'not asked', after: 'not asked' };
    this.versions.push(entry);
    return entry;
  }

  begin(step: Step): void {
    this.begun.set(step, this.count(step) + 1);
  }

  count(step: Step): number {
    return this.begun.get(step) ?? 0;
  }

  /** Versions that clients were told are committed, and that nobody has deleted. */
  get committed(): VersionEntry[] {
    return this.versions.filter((entry) => entry.commit === 'acknowledged' && !mayBeDeleted(entry));
  }
}

export interface VersionEntry {
  readonly plan: Plan;
  id: string | undefined;
  /** What was acknowledged of each file: it all, or the numbers of parts. */
  readonly arrived: Map<string, 'whole' | Set<number>>;
  commit: 'not asked' | 'asked' | 'acknowledged';
  /** The link or the deletion. */
  after: 'not asked' | 'asked' | 'acknowledged';
}

/** Whether its client has asked to have it deleted. */
export function mayBeDeleted({ plan, after }: VersionEntry): boolean {
  return plan.fate === 'is deleted' && after !== 'not asked';
}

/** The name that a version gets with its link. */
export function linkAlias({ id }: VersionEntry): string {
  return `linked-${id?.replace(/\W/g, '')}`;
}
