import { type IntegrationId, parseId } from '../model/ids.ts';
import { GatheredCalls } from './gathered-calls.ts';
import type { NodeLine } from './node-line.ts';

const CHANNEL = 'tripline_due';

/** How nodes tell one another of due deliveries. Polling finds what is not heard of. */
export interface DueCalls {
  /** Tells the other nodes soon that these destinations have something due: call it after the commit. */
  tell(destinationIds: readonly IntegrationId[]): void;
  close(): void;
}

/** @param onCall told of destinations with which another node has made something due */
export function openDueCalls(line: NodeLine, onCall: (destinationIds: readonly IntegrationId[]) => void): DueCalls {
  line.hear(CHANNEL, (words) => onCall(words.flatMap((word) => parseId<IntegrationId>(word) ?? [])));
  const calls = new GatheredCalls(line, CHANNEL);
  return { tell: (destinationIds) => calls.add(destinationIds), close: () => calls.close() };
}
