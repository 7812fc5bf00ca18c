import { invalid, notFound } from '../model/error.ts';
import { isJsonObject, type Json, type JsonObject, objectOf } from '../model/json.ts';
import { parseLooseJson, printLooseJson } from '../model/loose-json.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordChange } from '../store/audit.ts';
import { lockRunHead, type RunKey } from '../store/run-heads.ts';
import { findRun, type RunRecord } from '../store/runs.ts';
import type { ConfigText } from './merge-config.ts';
import type { TrackingRoom } from './room.ts';
import { changeRun, type RunEdit, type UpsertedRun } from './upsert-run.ts';

/** What a person changes of a run; `undefined` leaves a member alone, `null` takes it away. */
export interface EditByHand extends Pick<RunEdit, 'displayName' | 'group' | 'jobType' | 'notes' | 'tags'> {
  /** Values by name, as people write them; all others stay. */
  readonly config?: JsonObject | undefined;
  /** Names whose values are taken away. */
  readonly removedConfig?: readonly string[] | undefined;
}

/** Members of a config that are the client's own (wandb protocol, 2.4). */
const CLIENTS_OWN: ReadonlySet<string> = new Set(['_wandb', 'wandb_version']);

/**
 * A person's edit of a run: the same change as when the client sends one, so that automations see it, with an entry in
 * the audit log. A client that is still at work sends its own config again, which then counts.
 *
 * @throws TriplineError not_found, invalid
 */
export async function editRunByHand(room: TrackingRoom, viewer: Viewer, key: RunKey, edit: EditByHand): Promise<void> {
  const { config = {}, removedConfig = [], ...members } = edit;
  for (const name of [...Object.keys(config), ...removedConfig])
    if (CLIENTS_OWN.has(name)) throw invalid(`'${name}' is the client's own`, `config.${name}`);
  await recorded(room, viewer, key, (run) => ({ ...members, config: configAfter(run, config, removedConfig) }));
}

/**
 * The same by a script that names the run by its storage id, and sends config and summary as wholes: it never changes
 * the state (wandb protocol, 2.2).
 *
 * @throws TriplineError not_found
 */
export async function editRun(room: TrackingRoom, viewer: Viewer, key: RunKey, edit: RunEdit): Promise<UpsertedRun> {
  await recorded(room, viewer, key, () => edit);
  return { tenantId: key.tenantId, runId: key.runId, inserted: false };
}

async function recorded(
  room: TrackingRoom,
  viewer: Viewer,
  key: RunKey,
  editOf: (run: RunRecord) => RunEdit,
): Promise<void> {
  const destinations = await room.ground.database.transaction(async (tx) => {
    await lockRunHead(tx, key);
    const before = await findRun(tx, key);
    if (before === undefined) throw notFound('run not found: it may have been deleted');
    const changed = await changeRun(room, tx, key, editOf(before), false);
    const after = (await findRun(tx, key)) ?? before;
    const names = changedNames(before.config, after.config);
    await recordChange(tx, viewer, {
      now: room.ground.clock.now(),
      tenantId: key.tenantId,
      deed: 'run.changed',
      subject: { kind: 'run', id: key.runId, name: before.name },
      before: told(before, names),
      after: told(after, names),
    });
    return changed.destinations;
  });
  room.woken(destinations);
}

/** The whole config with what was changed of it; `undefined` when nothing is. */
function configAfter({ configRaw }: RunRecord, set: JsonObject, removed: readonly string[]): ConfigText | undefined {
  if (Object.keys(set).length === 0 && removed.length === 0) return undefined;
  const stored = objectOf(parseLooseJson(configRaw));
  const kept = Object.entries(stored).filter(([name]) => !removed.includes(name));
  const given = Object.entries(set).map(([name, value]) => [name, entryOf(stored[name], value)] as const);
  const values = Object.fromEntries([...kept, ...given]);
  return { raw: printLooseJson(values), values };
}

/** In the client's form, with what it wrote beside the value. */
function entryOf(stored: Json | undefined, value: Json): Json {
  return isJsonObject(stored) && 'value' in stored ? { ...stored, value } : { desc: null, value };
}

/** Characters of a value that the audit log keeps, and values of one edit. */
const LONGEST = 1_000;
const MOST_TOLD = 100;

/** The members of a config that differ, but for those of the client. */
function changedNames(before: JsonObject, after: JsonObject): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...names].filter(
    (name) => !CLIENTS_OWN.has(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  return changed.slice(0, MOST_TOLD);
}

function told(run: RunRecord, names: readonly string[]): JsonObject {
  const { displayName, group, jobType, notes, tags } = run;
  const config = names.map((name) => [name, inShort(run.config[name])] as const);
  return {
    ...{ name: displayName, group, jobType, notes: notes === null ? null : inShort(notes), tags: [...tags] },
    ...(names.length === 0 ? {} : { config: Object.fromEntries(config) }),
  };
}

function inShort(value: Json | undefined): Json {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : value;
}
