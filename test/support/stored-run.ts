import { RUN, RUN_HISTORY, STOP_RUN } from './documents.ts';
import { graphqlWith } from './graphql.ts';
import type { Server } from './server.ts';

/** Where a run belongs and whose it is. */
export interface RunPlace {
  readonly server: Server;
  readonly key: string;
  readonly entity: string;
  readonly project: string;
}

export type Row = Readonly<Record<string, unknown>>;

/** A run as the server knows it. */
export interface StoredRun {
  /** The run's id, which the wire calls `name`. */
  readonly id: string;
  state(): Promise<string>;
  displayName(): Promise<string>;
  /** The rows it logged, in order. */
  history(): Promise<Row[]>;
  /** Asks it to stop, as the button on its page does. */
  stop(): Promise<void>;
}

interface RunNode {
  readonly id: string;
  readonly state: string;
  readonly displayName: string;
}

interface RunData<Node> {
  readonly project: { readonly run: Node | null } | null;
}

const MOST_ROWS = 10_000;

export function storedRun({ server, key, entity, project }: RunPlace, id: string): StoredRun {
  const graphql = graphqlWith(server, key);
  const where = { entity, project, name: id };
  const node = async <Node>(document: string, more: Row = {}): Promise<Node> => {
    const data = await graphql<RunData<Node>>(document, { ...where, ...more });
    if (data.project?.run == null) throw new Error(`there is no run ${entity}/${project}/${id}`);
    return data.project.run;
  };
  return {
    id,
    state: async () => (await node<RunNode>(RUN)).state,
    displayName: async () => (await node<RunNode>(RUN)).displayName,
    history: async () => {
      const { history } = await node<{ history: string[] }>(RUN_HISTORY, { samples: MOST_ROWS });
      return history.map((line) => JSON.parse(line) as Row);
    },
    stop: async () => void (await graphql(STOP_RUN, { id: (await node<RunNode>(RUN)).id })),
  };
}
