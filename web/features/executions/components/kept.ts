import * as z from 'zod/mini';

const headers = z.record(z.string(), z.string());

/** What is kept of a request; of the address neither path nor query. */
export const keptRequest = z.object({ method: z.string(), url: z.string(), headers });

/** What is kept of an answer. */
export const keptResponse = z.object({ headers, body: z.string(), truncated: z.boolean() });

export type KeptRequest = z.infer<typeof keptRequest>;
