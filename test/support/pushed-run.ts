import { RESUME_STATUS, REWIND_RUN, UPSERT_RUN } from './documents.ts';
import { type Graphql, graphqlWith } from './graphql.ts';
import type { Answer } from './http.ts';
import { looseJson } from './loose-json.ts';
import type { Server } from './server.ts';
import { type Row, type RunPlace, type StoredRun, storedRun } from './stored-run.ts';

/** Members of the client's upsert that tests use; `config` as plain values. */
export interface RunFields {
  readonly displayName?: string;
  readonly groupName?: string;
  readonly jobType?: string;
  readonly sweep?: string;
  readonly notes?: string;
  readonly host?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly tags?: readonly string[];
  readonly state?: 'pending' | 'running';
}

/** The members of one file_stream request (protocol, 3.1), rows in place of lines. */
export interface Push {
  readonly history?: readonly Row[];
  /** Samples of the system monitor. */
  readonly events?: readonly Row[];
  readonly summary?: Row;
  readonly complete?: true;
  readonly exitcode?: number;
}

/** Sends the requests of one run, one at a time, as its client would. */
export interface RunSender {
  /** One request with one line for each row. */
  log(...rows: readonly Row[]): Promise<void>;
  push(push: Push): Promise<void>;
  /** The last request once more, byte for byte, as after a lost answer. */
  again(): Promise<void>;
  /** @returns whether the server asks the run to stop */
  heartbeat(): Promise<boolean>;
  finish(exitcode?: number): Promise<void>;
}

export interface PushedRun extends StoredRun, RunSender {
  /** The same client, by way of another node. */
  via(node: Server): RunSender;
  update(fields: RunFields): Promise<void>;
  /** `wandb.init(resume="must")`: asks how far the run came, then starts it again. */
  resume(): Promise<void>;
  /** `wandb.init(resume_from="run?_step=N")`: cuts its history, then starts it again. */
  rewind(step: number): Promise<void>;
}

let made = 0;

export async function pushRun(place: RunPlace, fields: RunFields = {}): Promise<PushedRun> {
  made += 1;
  const id = `run${made}`;
  const graphql = graphqlWith(place.server, place.key);
  const upsert = (more: RunFields) => upsertRun(graphql, place, id, more);
  await upsert(fields);
  const stream = { lines: 0, samples: 0 };
  const via = fileStream(place, id, stream);
  return {
    ...storedRun(place, id),
    ...via(place.server),
    via,
    rewind: async (step) => {
      stream.lines = await rewindRun(graphql, place, id, step);
      stream.samples = 0;
      await upsert({});
    },
    update: upsert,
    resume: async () => {
      await graphql(RESUME_STATUS, { entity: place.entity, project: place.project, name: id });
      await upsert({});
    },
  };
}

/** @returns at which line the client goes on */
async function rewindRun(graphql: Graphql, { entity, project }: RunPlace, run: string, step: number): Promise<number> {
  const variables = { runName: run, entity, project, metricName: '_step', metricValue: step };
  const { result } = await graphql<{ result: { rewoundRun: { historyLineCount: number } | null } }>(
    REWIND_RUN,
    variables,
  );
  if (result.rewoundRun === null) throw new Error(`there is no run ${entity}/${project}/${run}`);
  return result.rewoundRun.historyLineCount;
}

async function upsertRun(
  graphql: Graphql,
  { entity, project }: RunPlace,
  name: string,
  fields: RunFields,
): Promise<void> {
  const { config, ...members } = fields;
  const wrapped = config && Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }]));
  const variables = {
    id: null,
    name,
    entity,
    project,
    groupName: null,
    displayName: null,
    tags: null,
    state: null,
    summaryMetrics: null,
    ...members,
    config: wrapped === undefined ? null : looseJson(wrapped),
  };
  await graphql(UPSERT_RUN, variables);
}

/** How far a client has come in its stream. */
interface Sent {
  lines: number;
  samples: number;
}

/** What a client keeps of its stream: how many lines it has sent, and the last request. */
function fileStream({ key, entity, project }: RunPlace, run: string, sent: Sent): (node: Server) => RunSender {
  const path = `/files/${encodeURIComponent(entity)}/${encodeURIComponent(project)}/${run}/file_stream`;
  let last: string | undefined;
  return (node) => {
    const post = async (body: string): Promise<Answer> => {
      last = body;
      const answer = await node.call(path, { method: 'POST', key, body });
      if (answer.status !== 200) throw new Error(`file_stream answered ${answer.status}: ${answer.text}`);
      return answer;
    };
    const push = async ({ history = [], events = [], summary, ...rest }: Push) => {
      const _timestamp = Date.now() / 1000;
      const content = history.map((row, at) => looseJson({ _step: sent.lines + at, _timestamp, ...row }));
      const sampled = events.map((row) => looseJson({ _wandb: true, _timestamp, _runtime: 1, ...row }));
      const files = {
        ...(content.length === 0 ? {} : { 'wandb-history.jsonl': { offset: sent.lines, content } }),
        ...(sampled.length === 0 ? {} : { 'wandb-events.jsonl': { offset: sent.samples, content: sampled } }),
        ...(summary === undefined ? {} : { 'wandb-summary.json': { offset: 0, content: [looseJson(summary)] } }),
      };
      await post(JSON.stringify({ ...(Object.keys(files).length === 0 ? {} : { files }), ...rest }));
      sent.lines += content.length;
      sent.samples += sampled.length;
    };
    return {
      log: (...history) => push({ history }),
      push,
      again: async () => {
        if (last === undefined) throw new Error('nothing was sent yet');
        await post(last);
      },
      heartbeat: async () => (JSON.parse((await post('{}')).text) as { stopped?: boolean }).stopped === true,
      finish: (exitcode = 0) => push({ complete: true, exitcode }),
    };
  };
}
