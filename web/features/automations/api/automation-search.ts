import * as z from 'zod/mini';
import { type Given, TEXT } from '../../../lib/address-text.ts';
import { getAutomations } from '../../../lib/api/generated.ts';

const query = getAutomations.query.def.shape;

export const EVENTS = query.event.def.innerType.def.element.options;
/** What happens to artifacts, not to runs. */
export const ARTIFACT_EVENTS = EVENTS.filter((event) => !event.startsWith('RUN_'));
export const ACTIONS = query.action.def.innerType.def.element.options;
export const SCOPES = query.scope.def.innerType.def.element.options;
export const LASTS = query.last.def.innerType.def.element.options;
export const SORTS = query.sort.def.innerType.options;

const some = <Value extends string>(values: readonly Value[]) =>
  z.catch(z.optional(z.array(z.enum(values)).check(z.minLength(1))), undefined);

const address = z.object({
  search: TEXT,
  entity: TEXT,
  project: TEXT,
  event: some(EVENTS),
  action: some(ACTIONS),
  scope: some(SCOPES),
  last: some(LASTS),
  enabled: z.catch(z.optional(z.boolean()), undefined),
  creator: TEXT,
  sort: z.catch(z.optional(z.enum(SORTS)), undefined),
  order: z.catch(z.optional(z.enum(['asc', 'desc'])), undefined),
});

/** How a list of automations is narrowed and ordered, as its address tells. */
export type AutomationSearch = Partial<z.infer<typeof address>>;

/** Reads an address; what means nothing there is left out. */
export function parseAutomationSearch(given: Given): AutomationSearch {
  return address.parse(given);
}

/** The same as the API asks for it. @param within the project whose automations these are, `ENTITY/PROJECT` */
export function queryOf({ entity, project, enabled, creator, ...rest }: AutomationSearch, within?: string) {
  const list = (value: string | undefined) => (value === undefined ? undefined : [value]);
  return {
    ...rest,
    entity: list(entity),
    project: list(within ?? (entity !== undefined && project !== undefined ? `${entity}/${project}` : undefined)),
    enabled: enabled === undefined ? undefined : enabled ? ('true' as const) : ('false' as const),
    creator: list(creator),
  };
}

export function isNarrowed({ sort: _, order: __, ...conditions }: AutomationSearch): boolean {
  return Object.values(conditions).some((value) => value !== undefined);
}
