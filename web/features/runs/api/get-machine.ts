import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { ApiError } from '../../../lib/api/api-error.ts';
import { addressOf, reached } from '../../../lib/api/call.ts';
import { getEntityProjectRunFilesContent } from '../../../lib/api/generated.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';

/** The file in which the client tells where it runs; whatever of it is not as expected is left out. */
const FILE = 'wandb-metadata.json';

const text = z.catch(z.optional(z.string()), undefined);
const number = z.catch(z.optional(z.number()), undefined);
/** Sizes are written as texts where they are large. */
const bytes = z.catch(z.optional(z.union([z.number(), z.string()])), undefined);

const machine = z.object({
  os: text,
  python: text,
  host: text,
  username: text,
  email: text,
  program: text,
  codePath: text,
  executable: text,
  root: text,
  args: z.catch(z.optional(z.array(z.string())), undefined),
  docker: text,
  cpu_count: number,
  cpu_count_logical: number,
  gpu: text,
  gpu_count: number,
  cudaVersion: text,
  memory: z.catch(z.optional(z.object({ total: bytes })), undefined),
  git: z.catch(z.optional(z.object({ remote: text, commit: text })), undefined),
});

/** Where a run runs, as its client tells it. */
export type Machine = z.infer<typeof machine>;

/** What the client tells of the machine of a run; `null` where it told nothing. */
export const machineQuery = (place: RunPlace) =>
  queryOptions({
    queryKey: ['run-machine', place.entity, place.project, place.run],
    queryFn: async ({ signal }): Promise<Machine | null> => {
      const response = await reached(addressOf(getEntityProjectRunFilesContent.path, place, { name: FILE }), {
        signal,
      });
      if (response.status === 404) return null;
      if (!response.ok) throw new ApiError(response.status, 'the file of the machine could not be read');
      return machine.safeParse(await response.json().catch(() => undefined)).data ?? null;
    },
    meta: { live: ['run'] },
  });
