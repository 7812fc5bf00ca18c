import { demand } from '../access/demand.ts';
import { type Definition, printDefinition } from '../engine/definition.ts';
import { checkOptions } from '../engine/options.ts';
import { checkScope } from '../events/parse-event.ts';
import { conflict } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { type AutomationContent, insertAutomation } from '../store/automation-edits.ts';
import { type ListedAutomation, listedAutomation } from '../store/automation-lists.ts';
import type { Transaction } from '../store/database.ts';
import type { Ground } from '../store/ground.ts';
import { nextRulebookVersion } from '../store/rulebook.ts';
import { checkIntegration } from './check-integration.ts';
import { parseAutomationDescription, parseAutomationName } from './names.ts';
import { recordAutomation } from './record-automation.ts';
import { findScope, requireLivingScope, type Scope, type ScopeRef } from './scope.ts';

export interface AutomationInput extends Definition {
  readonly name: string;
  readonly description: string | null;
  readonly enabled: boolean;
  readonly scope: ScopeRef;
}

/**
 * Creates an automation. It applies to everything that arrives after this returns (automations, section 2.10).
 *
 * @throws TriplineError invalid for scope, event, action or integration, forbidden, conflict when the scope has
 *   an automation of that name
 */
export async function createAutomation(
  ground: Ground,
  viewer: Viewer,
  input: AutomationInput,
): Promise<ListedAutomation> {
  const scope = await findScope(ground.database, viewer, input.scope);
  checkScope(input.event.type, scope.form);
  checkOptions(input.event, input);
  demand(viewer, 'edit_automation', scope, scope.kind);
  const content = contentOf(input, scope);
  return ground.database.transaction((tx) => insert(tx, ground, viewer, { input, scope, content }));
}

async function insert(
  tx: Transaction,
  ground: Ground,
  viewer: Viewer,
  { input, scope, content }: { input: AutomationInput; scope: Scope; content: AutomationContent },
): Promise<ListedAutomation> {
  const rulebookVersion = await nextRulebookVersion(tx, scope.rootId);
  await requireLivingScope(tx, scope);
  await checkIntegration(tx, viewer, input.action);
  const edit = { rulebookVersion, by: viewer.userId, now: ground.clock.now() };
  const id = await insertAutomation(tx, scope.rootId, content, edit);
  const created = id === undefined ? undefined : await listedAutomation(tx, id);
  if (created === undefined) throw nameTaken(content.name);
  await recordAutomation(tx, viewer, { after: created, now: edit.now });
  return created;
}

function contentOf(input: AutomationInput, scope: Scope): AutomationContent {
  return {
    tenantId: scope.tenantId,
    scopeKind: scope.kind,
    scopeId: scope.id,
    name: parseAutomationName(input.name),
    description: parseAutomationDescription(input.description),
    enabled: input.enabled,
    definition: printDefinition(input),
  };
}

/** The refusal of a name that the scope has already (AUT-005). */
export function nameTaken(name: string) {
  return conflict(`Automation '${name}' exists in this scope; choose another name`, 'name');
}
