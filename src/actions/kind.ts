import type { IntegrationId } from '../model/ids.ts';
import type { IntegrationKind } from '../model/integration-kind.ts';
import type { Json, JsonObject } from '../model/json.ts';

/** Everything that is particular to one action type; its file holds one of these. */
export interface ActionKind<Action> {
  /** What people choose it by. */
  readonly label: string;
  /** What kind of integration it delivers to; `undefined` when it does nothing outside. */
  readonly integrationKind: IntegrationKind | undefined;
  /** Reads the member of the client's `TriggeredActionConfig` for this type. @throws TriplineError invalid */
  readonly fromWire: (config: Json) => Action;
  /** The same, as the client reads it back; integration ids become node ids at the edge. */
  readonly toWire: (action: Action) => JsonObject;
  /** The integration that the action delivers to; `undefined` when it does nothing outside. */
  readonly destination: (action: Action) => IntegrationId | undefined;
}
