import { isDeepStrictEqual } from 'node:util';
import { demand } from '../access/demand.ts';
import { type Action, destinationOf, destinationWord } from '../actions/index.ts';
import { type Definition, printDefinition, readDefinition } from '../engine/definition.ts';
import { checkOptions, fittingOptions, type SomeOptions, withOptions } from '../engine/options.ts';
import type { EventDefinition } from '../events/index.ts';
import { checkScope } from '../events/parse-event.ts';
import { invalid, notFound } from '../model/error.ts';
import type { AutomationId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { type AutomationContent, updateAutomation as updateRow } from '../store/automation-edits.ts';
import { type ListedAutomation, listedAutomation, placeOfAutomation } from '../store/automation-lists.ts';
import { type AutomationRecord, automationById } from '../store/automations.ts';
import type { Transaction } from '../store/database.ts';
import { isUniqueViolation } from '../store/database-faults.ts';
import type { Ground } from '../store/ground.ts';
import { nextRulebookVersion } from '../store/rulebook.ts';
import { checkIntegration } from './check-integration.ts';
import { nameTaken } from './create-automation.ts';
import { requireAutomation } from './find-automation.ts';
import { parseAutomationDescription, parseAutomationName } from './names.ts';
import { recordAutomation } from './record-automation.ts';
import { findScope, requireLivingScope, type Scope, type ScopeRef, scopeRefOf } from './scope.ts';

/** What to change; what is absent stays as it is. */
export interface AutomationPatch {
  readonly name?: string | undefined;
  /** `null` takes it away. */
  readonly description?: string | null | undefined;
  readonly enabled?: boolean | undefined;
  readonly scope?: ScopeRef | undefined;
  readonly event?: EventDefinition | undefined;
  readonly action?: Action | undefined;
  readonly options?: SomeOptions | undefined;
}

/**
 * Changes an automation; the former definition is kept as a revision. Changing event, filter, metric or scope
 * lets it fire anew for all runs, changing the rest does not (automations, section 2.8): another policy looks at the
 * firings that were.
 *
 * @throws TriplineError not_found, forbidden, invalid, conflict when the scope has another one of the new name
 */
export async function updateAutomation(
  ground: Ground,
  viewer: Viewer,
  id: AutomationId | undefined,
  patch: AutomationPatch,
): Promise<ListedAutomation> {
  const found = await requireAutomation(ground, viewer, id);
  const own = found.createdBy === viewer.userId;
  demand(viewer, 'edit_automation', placeOfAutomation(found), 'automation', { own });
  const scope = await newScope(ground, viewer, found, patch.scope);
  if (scope !== undefined) demand(viewer, 'edit_automation', scope, scope.kind, { own });
  try {
    return await ground.database.transaction((tx) => change(tx, ground, viewer, { id: found.id, found, scope, patch }));
  } catch (error) {
    throw isUniqueViolation(error) ? nameTaken(patch.name ?? found.name) : error;
  }
}

interface Change {
  readonly id: AutomationId;
  readonly found: ListedAutomation;
  readonly scope: Scope | undefined;
  readonly patch: AutomationPatch;
}

async function change(
  tx: Transaction,
  ground: Ground,
  viewer: Viewer,
  { id, found, scope, patch }: Change,
): Promise<ListedAutomation> {
  const rulebookVersion = await nextRulebookVersion(tx, found.rootId);
  // read again under the lock: another edit may have come between
  const stored = await automationById(tx, id);
  if (stored === undefined) throw notFound('automation not found: it was deleted at this moment');
  const { form } = await requireLivingScope(tx, scope ?? scopeRefOf(stored));
  const before = readDefinition(stored.definition);
  const after = definitionAfter(before, patch);
  const content = patched(stored, after, scope, patch);
  checkScope(after.event.type, form);
  const chosen = destinationOf(before.action) !== destinationOf(after.action);
  if (chosen) await checkIntegration(tx, viewer, after.action);
  else if (found.orphaned && patch.enabled === true) throw withoutIntegration(after.action);
  const now = ground.clock.now();
  const revisions = revisionsOf(stored, before, after, content);
  if (revisions !== undefined) {
    await updateRow(tx, id, { content, ...revisions }, { rulebookVersion, by: viewer.userId, now });
  }
  const updated = await listedAutomation(tx, id);
  if (updated === undefined) throw notFound('automation not found: its scope was deleted at this moment');
  if (revisions !== undefined) await recordAutomation(tx, viewer, { before: stored, after: updated, now });
  return updated;
}

/** The revisions after an edit; `undefined` when it changes nothing. */
function revisionsOf(
  stored: AutomationRecord,
  before: Definition,
  after: Definition,
  { scopeKind, scopeId, name, description, enabled }: AutomationContent,
): Pick<AutomationRecord, 'revision' | 'conditionRevision'> | undefined {
  const sameScope = stored.scopeKind === scopeKind && stored.scopeId === scopeId;
  const sameCondition = sameScope && isDeepStrictEqual(before.event, after.event);
  const sameWords = stored.name === name && stored.description === description && stored.enabled === enabled;
  if (sameCondition && sameWords && isDeepStrictEqual(before, after)) return undefined;
  const { revision, conditionRevision } = stored;
  return { revision: revision + 1, conditionRevision: conditionRevision + (sameCondition ? 0 : 1) };
}

/** Options that mean nothing to another type of event go back to their defaults, unless the patch names them. */
function definitionAfter(before: Definition, patch: AutomationPatch): Definition {
  const { event = before.event, action = before.action, options = {} } = patch;
  const after = { ...withOptions(fittingOptions(event, before), options), event, action };
  checkOptions(event, after);
  return after;
}

/** Deleting an integration disables its automations; enabled again they would only fail. */
function withoutIntegration(action: Action) {
  return invalid(
    `the ${destinationWord(action)} of this automation was deleted: choose another one`,
    'action.integrationId',
  );
}

function patched(
  stored: AutomationRecord,
  definition: Definition,
  scope: Scope | undefined,
  patch: AutomationPatch,
): AutomationContent {
  return {
    tenantId: scope?.tenantId ?? stored.tenantId,
    scopeKind: scope?.kind ?? stored.scopeKind,
    scopeId: scope?.id ?? stored.scopeId,
    name: patch.name === undefined ? stored.name : parseAutomationName(patch.name),
    description: patch.description === undefined ? stored.description : parseAutomationDescription(patch.description),
    enabled: patch.enabled ?? stored.enabled,
    definition: printDefinition(definition),
  };
}

/** The scope to move to; `undefined` when it stays. */
async function newScope(
  ground: Ground,
  viewer: Viewer,
  found: ListedAutomation,
  ref: ScopeRef | undefined,
): Promise<Scope | undefined> {
  if (ref === undefined || (ref.kind === found.scopeKind && ref.id === found.scopeId)) return undefined;
  const scope = await findScope(ground.database, viewer, ref);
  if (scope.rootId === found.rootId) return scope;
  throw invalid('an automation cannot move to another organization: create it there instead', 'scope');
}
