import { isJsonObject, type JsonObject, objectOf } from '../model/json.ts';
import type { Transaction } from '../store/database.ts';
import { copyHistory, lastStepOf } from '../store/history-cuts.ts';
import { lockRunHead, type RunHead } from '../store/run-heads.ts';
import { findRunKey } from '../store/runs.ts';

/** From where in which run of its project a run goes on. */
interface BranchPoint {
  readonly run: string;
  readonly step: number;
}

/**
 * A run made by `wandb.init(fork_from="run?_step=N")` begins with its parent's history up to that step: copied, so that
 * nothing that befalls the parent later changes it. These lines are read like its own, but were observed by its parent:
 * its windows start empty (automations, section 2.5). A parent that is not here, as when offline runs are synced in
 * another order, leaves nothing to begin with.
 *
 * @param config as the client sent it: it names the branch point (wandb protocol, 2.5)
 * @returns the head of the new run, with the lines that it has now
 */
export async function forkHistory(tx: Transaction, head: RunHead, config: JsonObject | undefined): Promise<RunHead> {
  const point = branchPointOf(config);
  if (point === undefined) return head;
  const { tenantId, projectId } = head;
  const key = await findRunKey(tx, { tenantId, projectId, name: point.run });
  const parent = key === undefined || key.runId === head.runId ? undefined : await lockRunHead(tx, key);
  if (parent === undefined) return head;
  const lines = await copyHistory(tx, parent, head, point.step);
  return { ...head, historyLines: lines, forkedLines: lines, lastStep: await lastStepOf(tx, head) };
}

function branchPointOf(config: JsonObject | undefined): BranchPoint | undefined {
  const point = objectOf(objectOf(config?._wandb).value).branch_point;
  if (!isJsonObject(point)) return undefined;
  const { run_id: run, step } = point;
  if (typeof run !== 'string' || typeof step !== 'number' || !Number.isFinite(step)) return undefined;
  return { run, step: Math.floor(Math.max(-1, Math.min(step, Number.MAX_SAFE_INTEGER))) };
}
