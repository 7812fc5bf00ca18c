import { graphqlWith } from '../support/graphql.ts';
import { type ExecutionRow, executionsIn } from '../support/rest.ts';
import type { Server } from '../support/server.ts';

/** What the server says it has stored of a run. */
export interface StoredRun {
  readonly state: string;
  readonly historyLineCount: number;
  readonly eventsLineCount: number;
  /** Lines as they were sent, in order. */
  readonly history: readonly string[];
  readonly events: readonly string[];
  readonly summaryMetrics: string;
  readonly historyKeys: { readonly keys: Readonly<Record<string, KeySummary>> } | null;
}

interface KeySummary {
  readonly typeCounts: readonly { readonly type: string; readonly count: number }[];
}

export interface Stored {
  readonly runs: ReadonlyMap<string, StoredRun>;
  readonly executions: readonly ExecutionRow[];
}

export interface ReadPlace {
  readonly server: Server;
  readonly key: string;
  readonly entity: string;
  readonly project: string;
}

const READ_RUN = `query ReadRun($entity: String!, $project: String!, $name: String!) {
  project(name: $project, entityName: $entity) { run(name: $name) {
    state historyLineCount eventsLineCount summaryMetrics historyKeys
    history(samples: 100000) events(samples: 100000)
  } }
}`;

/** Reads everything back through the API, as the pages of a user would. */
export async function readBack(place: ReadPlace, runs: readonly string[]): Promise<Stored> {
  const { server, key, entity } = place;
  const found = new Map<string, StoredRun>();
  for (const run of runs) {
    const stored = await readRun(place, run);
    if (stored !== null) found.set(run, stored);
  }
  return { runs: found, executions: await executionsIn(server, key, entity) };
}

/** @returns null when there is no such run */
export async function readRun({ server, key, entity, project }: ReadPlace, name: string): Promise<StoredRun | null> {
  const graphql = graphqlWith(server, key);
  const data = await graphql<{ project: { run: StoredRun | null } }>(READ_RUN, { entity, project, name });
  return data.project.run;
}
