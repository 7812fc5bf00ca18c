import type { AutomationId } from '../src/model/ids.ts';
import type { JsonObject } from '../src/model/json.ts';
import { insertAutomation } from '../src/store/automation-edits.ts';
import { automationById } from '../src/store/automations.ts';
import { openDatabase } from '../src/store/database.ts';
import { nextRulebookVersion } from '../src/store/rulebook.ts';

/** Few: nobody makes thousands in one edit, and they are read by edits. */
const COPIES_AN_EDIT = 100;

/**
 * Stores copies of an automation, many in one edit: thousands of edits, one after the other, would take a minute.
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
    const copy = (at: number) => ({
      ...found,
      name: metric(at),
      definition: JSON.parse(definition.replaceAll(`"${original}"`, `"${metric(at)}"`)) as JsonObject,
    });
    for (let from = 0; from < copies; from += COPIES_AN_EDIT) {
      const edit = { rulebookVersion: await nextRulebookVersion(tx, rootId), by, now };
      const some = Array.from({ length: Math.min(COPIES_AN_EDIT, copies - from) }, (_, at) => copy(from + at));
      await Promise.all(some.map((content) => insertAutomation(tx, rootId, content, edit)));
    }
  });
  // the server does so by itself within a minute; a benchmark has no minute
  await database.execute('analyze automation');
  await database.close();
}
