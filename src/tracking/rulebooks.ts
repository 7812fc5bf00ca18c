import type { AutomationRecord as EngineRecord } from '../engine/automation.ts';
import { Rulebook, type RulebookFault } from '../engine/rulebook.ts';
import type { RunPlan } from '../engine/run-plan.ts';
import type { EntityId, ProjectId, TenantId } from '../model/ids.ts';
import { loadRulebookChanges, type AutomationRecord as StoredAutomation } from '../store/automations.ts';
import type { Transaction } from '../store/database.ts';
import { findRootId } from '../store/run-subjects.ts';
import { liveRecord } from './live-record.ts';

/**
 * The compiled automations of each organization, kept in memory. The version is read in the caller's transaction,
 * after its locks: a definition saved before a chunk arrived always applies to it, on every node (design).
 */
export class Rulebooks {
  readonly #books = new Map<EntityId, Rulebook>();
  readonly #roots = new Map<TenantId, EntityId>();
  readonly #onFault: (fault: RulebookFault) => void;

  /** @param onFault told of a stored automation that this version cannot compile, and so cannot fire */
  constructor(onFault: (fault: RulebookFault) => void) {
    this.#onFault = onFault;
  }

  /** The automations that can concern a run. Call it after the run's lock is held. */
  async planFor(tx: Transaction, run: { tenantId: TenantId; projectId: ProjectId }): Promise<RunPlan> {
    const rootId = await this.#rootOf(tx, run.tenantId);
    const book = this.#books.get(rootId) ?? new Rulebook();
    this.#books.set(rootId, book);
    const changes = await loadRulebookChanges(tx, rootId, book.version);
    const records = changes.automations.flatMap((stored) => this.#read(stored));
    for (const fault of book.patch(records, changes.version)) this.#onFault(fault);
    return book.plan({ rootId, tenantId: run.tenantId, projectId: run.projectId });
  }

  /** A definition that cannot be read stops itself, and no other. */
  #read(stored: StoredAutomation): EngineRecord[] {
    try {
      return [liveRecord(stored)];
    } catch (error) {
      this.#onFault({ automationId: stored.id, error });
      return [];
    }
  }

  async #rootOf(tx: Transaction, tenantId: TenantId): Promise<EntityId> {
    const known = this.#roots.get(tenantId);
    if (known !== undefined) return known;
    const found = (await findRootId(tx, tenantId)) ?? tenantId;
    this.#roots.set(tenantId, found);
    return found;
  }
}
