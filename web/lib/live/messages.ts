import * as z from 'zod/mini';

/** What makes that which a page shows old. A run changes with `run`; with `history` it only logged something. */
export type LiveKind = 'run' | 'history' | 'execution' | 'automation' | 'collection' | 'project' | 'client';

/** Everything that a page may show. */
export const ALL_KINDS: readonly LiveKind[] = [
  'run',
  'history',
  'execution',
  'automation',
  'collection',
  'project',
  'client',
];

const changed = z.object({
  changes: z.array(
    z.union([
      z.object({ kind: z.literal('run'), part: z.enum(['record', 'history']) }),
      z.object({ kind: z.enum(['execution', 'automation', 'collection', 'project', 'client']) }),
    ]),
  ),
});

const ended = z.object({ reason: z.string() });

/** The kinds of the changes that a message tells of. */
export function kindsOf(data: string): LiveKind[] {
  const { changes } = changed.parse(JSON.parse(data));
  const kinds = changes.map((change) => (change.kind === 'run' && change.part === 'history' ? 'history' : change.kind));
  return [...new Set(kinds)];
}

/** Why the server ends a connection. */
export function reasonOf(data: string): string {
  return ended.parse(JSON.parse(data)).reason;
}
