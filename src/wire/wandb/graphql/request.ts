import { z } from 'zod';
import { invalid } from '../../../model/error.ts';

const body = z.object({
  query: z.string(),
  // the public API sends "" (wandb protocol, 0.3)
  operationName: z
    .string()
    .nullish()
    .transform((name) => (name === '' || name === null ? undefined : name)),
  variables: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((variables) => variables ?? {}),
});

export type GraphqlRequest = z.infer<typeof body>;

/** Reads the body of a GraphQL request. @throws TriplineError invalid */
export function parseGraphqlRequest(input: unknown): GraphqlRequest {
  const parsed = body.safeParse(input);
  if (parsed.success) return parsed.data;
  throw invalid('the body must be {"query": string, "operationName"?: string, "variables"?: object}');
}
