import { compile } from '../engine/automation.ts';
import { Rulebook, type RulebookChange } from '../engine/rulebook.ts';
import type { RunPlan } from '../engine/run-plan.ts';
import type { AutomationId, EntityId, ProjectId, TenantId } from '../model/ids.ts';
import { type AutomationRecord, automationsChangedSince } from '../store/automations.ts';
import type { Transaction } from '../store/database.ts';
import { liveRecord } from '../store/live-record.ts';
import { rulebookVersions } from '../store/rulebook.ts';
import { findRootIds } from '../store/run-subjects.ts';

/** An automation that could not be made ready, so that it does not fire. */
export interface RulebookFault {
  readonly automationId: AutomationId;
  readonly error: unknown;
}

/** Where a run lies, as its head says. */
interface PlacedRun {
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
}

/** The automations that can concern a run of the tenants that were asked about. */
export type Plans = (run: PlacedRun) => RunPlan;

/** The automations of the organization that a tenant belongs to, of the tenants that were asked about. */
export type Books = (tenantId: TenantId) => { readonly rootId: EntityId; readonly book: Rulebook };

/**
 * The compiled automations of each organization, kept in memory. The versions are read in the caller's transaction,
 * after its locks: a definition saved before a chunk arrived always applies to it, on every node (design).
 */
export class Rulebooks {
  readonly #books = new Map<EntityId, Rulebook>();
  readonly #roots = new Map<TenantId, EntityId>();
  /** Organizations whose changes are being loaded for some transaction. */
  readonly #loading = new Map<EntityId, Promise<void>>();
  readonly #onFault: (fault: RulebookFault) => void;

  /** @param onFault told of a stored automation that this version cannot compile, and so cannot fire */
  constructor(onFault: (fault: RulebookFault) => void) {
    this.#onFault = onFault;
  }

  /** The automations that can concern runs of some tenants; see {@link booksFor}. */
  async plansFor(tx: Transaction, runs: readonly { readonly tenantId: TenantId }[]): Promise<Plans> {
    const bookOf = await this.booksFor(
      tx,
      runs.map(({ tenantId }) => tenantId),
    );
    return ({ tenantId, projectId }) => {
      const { rootId, book } = bookOf(tenantId);
      return book.plan({ rootId, tenantId, projectId });
    };
  }

  /**
   * The automations that can concern what some tenants own. For tenants seen before its statement is sent before it
   * returns, so that it may follow the statement that locks the subjects without waiting for it; never send it earlier.
   */
  async booksFor(tx: Transaction, owners: readonly TenantId[]): Promise<Books> {
    const tenants = [...new Set(owners)];
    const unknown = tenants.filter((tenantId) => !this.#roots.has(tenantId));
    if (unknown.length > 0) await this.#learnRoots(tx, unknown);
    const roots = [...new Set(tenants.map((tenantId) => this.#rootOf(tenantId)))];
    const versions = await rulebookVersions(tx, roots);
    await Promise.all(roots.map((rootId) => this.#catchUp(tx, rootId, versions.get(rootId) ?? '0')));
    return (tenantId) => {
      const rootId = this.#rootOf(tenantId);
      return { rootId, book: this.#bookOf(rootId) };
    };
  }

  /** The automations that can concern a run. Call it after the run's lock is held. */
  async planFor(tx: Transaction, run: PlacedRun): Promise<RunPlan> {
    return (await this.plansFor(tx, [run]))(run);
  }

  async #learnRoots(tx: Transaction, tenants: readonly TenantId[]): Promise<void> {
    const found = await findRootIds(tx, tenants);
    for (const [tenantId, rootId] of found) this.#roots.set(tenantId, rootId);
  }

  /** A tenant without an organization is one by itself. */
  #rootOf(tenantId: TenantId): EntityId {
    return this.#roots.get(tenantId) ?? tenantId;
  }

  #bookOf(rootId: EntityId): Rulebook {
    const known = this.#books.get(rootId);
    if (known !== undefined) return known;
    const book = new Rulebook();
    this.#books.set(rootId, book);
    return book;
  }

  /** Loads what changed up to a version. Transactions that need it at the same moment wait for the first of them. */
  async #catchUp(tx: Transaction, rootId: EntityId, version: string): Promise<void> {
    const book = this.#bookOf(rootId);
    while (BigInt(book.version) < BigInt(version)) {
      const others = this.#loading.get(rootId);
      // a load that fails fails its own transaction; this one then loads by itself
      if (others === undefined) await this.#load(tx, rootId, version);
      else await others.catch(() => {});
    }
  }

  async #load(tx: Transaction, rootId: EntityId, version: string): Promise<void> {
    const loading = this.#patch(tx, rootId, version);
    this.#loading.set(rootId, loading);
    await loading.finally(() => this.#loading.delete(rootId));
  }

  async #patch(tx: Transaction, rootId: EntityId, version: string): Promise<void> {
    const book = this.#bookOf(rootId);
    for await (const changed of automationsChangedSince(tx, rootId, book.version)) {
      book.patch(changed.map((stored) => this.#changeOf(stored)));
    }
    book.reach(version);
  }

  /** A definition that cannot be read or compiled stops itself, and no other. */
  #changeOf(stored: AutomationRecord): RulebookChange {
    const { id } = stored;
    if (!stored.enabled || stored.deletedAt !== null) return { id, automation: undefined };
    try {
      return { id, automation: compile(liveRecord(stored)) };
    } catch (error) {
      this.#onFault({ automationId: id, error });
      return { id, automation: undefined };
    }
  }
}
