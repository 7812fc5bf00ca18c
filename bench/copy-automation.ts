import type { AutomationId } from '../src/model/ids.ts';
import type { JsonObject } from '../src/model/json.ts';
import { insertAutomation } from '../src/store/automation-edits.ts';
import { automationById } from '../src/store/automations.ts';
import { openDatabase } from '../src/store/database.ts';
import { nextRulebookVersion } from '../src/store/rulebook.ts';

/**
 * Stores copies of an automation, all in one edit: thousands of edits, one after the other, would take a minute.
 *
 * @param metric what each copy watches in place of `original`
 */
export async function copyAutomation(
  url: string,
  wireId: string,
  { original, copies, metric }: { original: string; copies: number; metric: (at: number) => string },
): Promise<void> {
  const database = openDatabase({ connection: { connectionString: url }, connections: 1, onConnectionError: () => {} });
  const id = Buffer.from(wireId, 'base64').toString().split(':')[1] as AutomationId;
  const found = await automationById(database, id);
  if (found === undefined || found.createdBy === null) throw new Error(`there is no automation ${wireId}`);
  const { rootId, createdBy: by, createdAt: now } = found;
  const definition = JSON.stringify(found.definition);
  await database.transaction(async (tx) => {
    const edit = { rulebookVersion: await nextRulebookVersion(tx, rootId), by, now };
    const copy = (at: number) => ({
      ...found,
      name: metric(at),
      definition: JSON.parse(definition.replaceAll(`"${original}"`, `"${metric(at)}"`)) as JsonObject,
    });
    await Promise.all(Array.from({ length: copies }, (_, at) => insertAutomation(tx, rootId, copy(at), edit)));
  });
  await database.close();
}
