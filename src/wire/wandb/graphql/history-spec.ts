import { z } from 'zod';
import { invalid } from '../../../model/error.ts';
import type { SampledKeys } from '../../../store/history-reads.ts';

const DEFAULT_SAMPLES = 500;

const step = z.number().int().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);

const spec = z.object({
  keys: z.array(z.string()).min(1).max(200),
  samples: z.number().int().min(0).nullish(),
  minStep: step.nullish(),
  maxStep: step.nullish(),
});

/** Reads what `sampledHistory` is asked for: `{"keys": ["_step", "loss"], "samples": 500}`. @throws TriplineError invalid */
export function parseSampleSpec(text: string, index: number): SampledKeys {
  const path = `specs[${index}]`;
  const parsed = spec.safeParse(readJson(text, path));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`${path}.${issue?.path.join('.')}: ${issue?.message}`, path);
  }
  const { keys, samples, minStep } = parsed.data;
  return {
    keys,
    samples: samples ?? DEFAULT_SAMPLES,
    minStep: minStep ?? undefined,
    maxStep: lastStep(parsed.data),
  };
}

/**
 * `maxStep` is inclusive (wandb protocol, 6.5). Clients that page in Python, up to 0.27, think it exclusive: they ask
 * for as many rows as lie between the two steps, and would get one row in two pages and sampling would drop others.
 */
function lastStep({ minStep, maxStep, samples }: z.infer<typeof spec>): number | undefined {
  if (typeof minStep !== 'number' || typeof maxStep !== 'number') return maxStep ?? undefined;
  return maxStep - minStep === samples ? maxStep - 1 : maxStep;
}

function readJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(`${path} is not JSON`, path);
  }
}
