import { z } from 'zod';
import { type Change, RUN_PARTS } from '../../model/change.ts';
import { executionId } from '../../model/execution-id.ts';

/** What changed, as it is told: ids, never data. */
export const toldChange = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('run'), id: z.string(), part: z.enum(RUN_PARTS) }),
    z.object({ kind: z.literal('execution'), id: z.string(), automation: z.string() }),
    z.object({ kind: z.literal('automation'), id: z.string() }),
    z.object({ kind: z.literal('collection'), id: z.string() }),
    z.object({ kind: z.literal('project'), id: z.string() }),
    z.object({ kind: z.literal('client') }),
  ])
  .meta({ id: 'LiveChange' });

export type ToldChange = z.output<typeof toldChange>;

/**
 * Why a page has to read everything again: it was too slow, too much happened, nodes could not hear each other, or its
 * reader was given or taken a role.
 */
export type ReloadReason = 'slow' | 'much' | 'missed' | 'roles';

/** Why a connection ends: the server stops, the session or key has ended, or what was listened to is hidden or gone. */
export type EndReason = 'stopping' | 'signed_out' | 'hidden';

/** One message of the stream; its `data` is JSON in one line. */
export type Message =
  | { readonly event: 'ready' }
  /** Nothing happened, and the line is open: proxies and sockets take silence for an end, and so may a page. */
  | { readonly event: 'beat' }
  | { readonly event: 'changed'; readonly data: { readonly changes: readonly ToldChange[] } }
  | { readonly event: 'reload'; readonly data: { readonly reason: ReloadReason } }
  | { readonly event: 'end'; readonly data: { readonly reason: EndReason } };

/** Whoever is cut off comes again after so long; pages wait longer each time. */
const RETRY_MS = 2_000;

/** A message as `text/event-stream` has it. None has an id: nothing is sent twice, a page that comes again reads again. */
export function printMessage(message: Message): string {
  const retry = message.event === 'ready' ? `retry: ${RETRY_MS}\n` : '';
  const data = 'data' in message ? JSON.stringify(message.data) : '{}';
  return `${retry}event: ${message.event}\ndata: ${data}\n\n`;
}

/** As it is told to whoever may see it. */
export function toTold(change: Change): ToldChange {
  switch (change.kind) {
    case 'run':
      return { kind: 'run', id: change.runId, part: change.part };
    case 'execution':
      return { kind: 'execution', id: executionId(change.key), automation: change.key.automationId };
    case 'automation':
      return { kind: 'automation', id: change.automationId };
    case 'collection':
      return { kind: 'collection', id: change.collectionId };
    case 'project':
      return { kind: 'project', id: change.projectId };
    case 'client':
      return { kind: 'client' };
  }
}
