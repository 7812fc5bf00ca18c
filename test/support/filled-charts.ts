import { type PushedRun, pushRun } from './pushed-run.ts';
import { rest } from './rest.ts';
import type { Server } from './server.ts';
import type { Row } from './stored-run.ts';

const PROJECT = 'pose-estimation';
const STEPS = 600;
/** Rows of one request. */
const SLICE = 50;

export interface FilledCharts {
  /** Has a fault, for which an automation fired. */
  readonly charted: PushedRun;
  /** Is still in progress. */
  readonly live: PushedRun;
}

/** A project whose runs have long curves. */
export async function fillCharts(
  server: Server,
  entity: string,
  keyOf: (username: string) => string,
): Promise<FilledCharts> {
  const event = { type: 'RUN_METRIC', metric: 'train/loss', aggregation: 'AVERAGE', window: 5, threshold: 1.6 };
  await rest(server, keyOf('maria'), `/entities/${entity}/automations`, {
    method: 'POST',
    body: {
      name: 'Training loss is high again',
      scope: { kind: 'project', project: PROJECT },
      event: { ...event, comparison: '$gt', runFilter: { display_name: { $regex: 'vit' } } },
      action: { type: 'NO_OP' },
    },
  });
  const place = { server, key: keyOf('aiko'), entity, project: PROJECT };
  const fill = async (number: number, displayName: string): Promise<PushedRun> => {
    const run = await pushRun(place, { displayName, config: { lr: 0.001 / (number + 1) } });
    const rows = Array.from({ length: STEPS }, (_, step) => rowAt(step, number));
    for (let from = 0; from < STEPS; from += SLICE) {
      const history = rows.slice(from, from + SLICE);
      const events = history.filter((_, at) => at % 5 === 0).map((row, at) => sampleAt(from + 5 * at, number, row));
      await run.push({ history, events, summary: Object.assign({}, ...history) });
    }
    return run;
  };
  await (await fill(0, 'resnet-50')).finish();
  const charted = await fill(1, 'vit-s');
  await charted.finish();
  return { charted, live: await fill(2, 'vit-b') };
}

function rowAt(step: number, number: number): Row {
  const share = step / STEPS;
  const fault = number === 1 && step > 380 && step < 400 ? 1.9 : 0;
  const loss = 1.4 * Math.exp(-4 * share) + 0.18 + 0.05 * noise(step, number) + fault;
  const time = { _timestamp: 1_790_000_000 + 7 * step, _runtime: 7 * step };
  const validated = step % 20 === 0 ? { 'val/loss': loss + 0.09, 'val/pck': 0.91 - 0.6 * Math.exp(-5 * share) } : {};
  const rate = 0.001 * Math.min(1, step / 60) * 0.5 * (1 + Math.cos(Math.PI * share));
  return {
    ...{
      ...time,
      'train/loss': loss,
      'train/grad_norm': 0.8 + 0.4 * noise(step, 7) + fault * 3,
      epoch: Math.floor(20 * share),
    },
    ...{ ...validated, lr: rate },
  };
}

function sampleAt(step: number, number: number, { _timestamp, _runtime }: Row): Row {
  const gpu = 88 + 8 * noise(step, number + 20);
  const processor = 30 + 20 * noise(step, 3);
  return { _timestamp, _runtime, 'system.gpu.0.gpu': gpu, 'system.gpu.0.memory': 71, 'system.cpu': processor };
}

/** Between -1 and 1, always the same. */
function noise(step: number, seed: number): number {
  const value = Math.sin(step * 12.9898 + seed * 78.233) * 43758.5453;
  return 2 * (value - Math.floor(value)) - 1;
}
