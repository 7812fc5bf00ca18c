import type { LiveAutomation } from '../engine/automation.ts';
import { draftAutomation } from '../engine/draft.ts';
import { checkOptions, DEFAULT_OPTIONS, type Options } from '../engine/options.ts';
import type { EventDefinition } from '../events/index.ts';
import { checkScope } from '../events/parse-event.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Queryable } from '../store/database.ts';
import { findScope, type Scope, type ScopeRef } from './scope.ts';

/** What somebody is about to save, or has saved: where it watches, and what for. */
export interface DraftInput {
  readonly scope: ScopeRef;
  readonly event: EventDefinition;
  /** Default: those of the client. */
  readonly options?: Options;
}

/** A draft whose scope the viewer may see, ready to be evaluated. */
export interface ReadyDraft {
  readonly scope: Scope;
  readonly automation: LiveAutomation;
}

/** @throws TriplineError invalid when the scope is hidden, the event cannot happen there, or an option does not fit it */
export async function requireDraft(database: Queryable, viewer: Viewer, input: DraftInput): Promise<ReadyDraft> {
  const scope = await findScope(database, viewer, input.scope);
  checkScope(input.event.type, scope.form);
  const { kind, id, tenantId } = scope;
  const { event, options = DEFAULT_OPTIONS } = input;
  checkOptions(event, options);
  return { scope, automation: draftAutomation({ tenantId, scope: { kind, id }, event, options }) };
}
