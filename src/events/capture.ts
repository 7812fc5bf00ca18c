import type { Json } from '../model/json.ts';
import { cleanJson, uncleanJson } from '../model/loose-json.ts';
import type { CapturedEvent } from './index.ts';

/** A captured event as `jsonb` can hold it: infinite numbers are marked, so that none is lost. */
export function encodeCaptured(captured: CapturedEvent): Json {
  return cleanJson(captured as unknown as Json);
}

/** Reads back what {@link encodeCaptured} wrote; only that may be given to it. */
export function decodeCaptured(stored: Json): CapturedEvent {
  return uncleanJson(stored) as unknown as CapturedEvent;
}
