import type { PreviewBody } from '../../api/preview.ts';
import { eventOf, policyOf } from '../builder/body-of.ts';
import { readEvent } from '../builder/check-event.ts';
import type { Draft, EventDraft } from '../builder/draft.ts';

/** What no number exceeds: it never fires, and tells which runs there are. */
const NEVER = String(Number.MAX_VALUE);

/** A draft as it is tried on the past; `undefined` while its scope or event is not complete. */
export function previewBody({ scope, event, options }: Draft): PreviewBody | undefined {
  if (Object.values(scope).includes('')) return undefined;
  const tried = withThreshold(event);
  try {
    readEvent(tried);
    return { scope, event: eventOf(tried), policy: policyOf(options) };
  } catch {
    return undefined;
  }
}

/** Whether a threshold is still to be chosen, on the curves that there are. */
export function lacksThreshold(event: EventDraft): boolean {
  return event.type === 'RUN_METRIC' && event.threshold.trim() === '';
}

function withThreshold(event: EventDraft): EventDraft {
  return event.type === 'RUN_METRIC' && lacksThreshold(event)
    ? { ...event, comparison: '$gt', threshold: NEVER }
    : event;
}
