import { invalid, notFound } from '../model/error.ts';
import { isJsonObject, type Json, type JsonObject, objectOf } from '../model/json.ts';
import { parseLooseJson, printLooseJson } from '../model/loose-json.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordChange } from '../store/audit.ts';
import { lockRunHead, type RunKey } from '../store/run-heads.ts';
import { findRun, type RunRecord } from '../store/runs.ts';
import type { ConfigText } from './merge-config.ts';
import type { TrackingRoom } from './room.ts';
import { changeRun, type RunEdit } from './upsert-run.ts';

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
  const names = [...Object.keys(config), ...removedConfig];
  for (const name of names) if (CLIENTS_OWN.has(name)) throw invalid(`'${name}' is the client's own`, `config.${name}`);
  const destinations = await room.ground.database.transaction(async (tx) => {
    await lockRunHead(tx, key);
    const before = await findRun(tx, key);
    if (before === undefined) throw notFound('run not found: it may have been deleted');
    const changed = await changeRun(
      room,
      tx,
      key,
      { ...members, config: configAfter(before, config, removedConfig) },
      false,
    );
    const after = await findRun(tx, key);
    await recordChange(tx, viewer, {
      now: room.ground.clock.now(),
      tenantId: key.tenantId,
      deed: 'run.changed',
      subject: { kind: 'run', id: key.runId, name: before.name },
      before: told(before, names),
      after: after === undefined ? null : told(after, names),
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

/** Characters of a value that the audit log keeps. */
const LONGEST = 1_000;

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
