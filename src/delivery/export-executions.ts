import { permits } from '../access/permits.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Database } from '../store/database.ts';
import type { ExecutionFilter } from '../store/execution-filter.ts';
import { type ExportedExecution, exportedExecutions } from '../store/execution-reads.ts';
import { walkExecutions } from '../store/execution-walk.ts';
import { type ExecutionPlace, placeOfExecution } from './place-of-execution.ts';

export interface ExportedRow {
  readonly execution: ExportedExecution;
  /** Whether the viewer may see what was sent. */
  readonly showsPayload: boolean;
}

/** Payloads may be large: so many are held at once. */
const AT_ONCE = 100;

/** All executions that match, newest first, read as they are taken: however many they are, few are held. */
export async function* exportExecutions(
  database: Database,
  viewer: Viewer,
  places: readonly ExecutionPlace[],
  filter: ExecutionFilter,
): AsyncGenerator<ExportedRow> {
  const owners = new Map(places.map((place) => [place.tenantId, place]));
  for await (const { found } of walkExecutions(database, filter, { after: null, wanted: AT_ONCE })) {
    for (const keys of slicesOf(found)) {
      for (const execution of await exportedExecutions(database, keys)) {
        const owner = owners.get(execution.tenantId);
        const showsPayload = owner !== undefined && permits(viewer, 'see_payloads', placeOfExecution(owner, execution));
        yield { execution, showsPayload };
      }
    }
  }
}

function slicesOf(keys: readonly ExecutionKey[]): readonly (readonly ExecutionKey[])[] {
  return Array.from({ length: Math.ceil(keys.length / AT_ONCE) }, (_, index) =>
    keys.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
}
