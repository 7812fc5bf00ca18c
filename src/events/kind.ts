import type { z } from 'zod';
import type { Filter } from '../filter/filter.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Severity } from '../model/severity.ts';

/** What an automation can be scoped to. A registry is a project, a team or organization an entity. */
export type ScopeKind = 'entity' | 'project' | 'collection';

/** The same, as far as event types tell them apart: not everything happens everywhere. */
export type ScopeForm = 'entity' | 'project' | 'registry' | 'sequence' | 'portfolio';

/** Who caused an event, and where it happened, by name. */
export interface Whereabouts {
  readonly author: string;
  readonly entity: string;
  readonly project: string;
}

/** What is said of an event in its own words; in a message they stand as they are, mentions among them. */
export interface Words {
  readonly title: string;
  readonly text: string;
  readonly severity: Severity;
}

/** What is particular to events of a type that happened. */
export interface CapturedKind<Captured> {
  /** What `${event_type}` renders. */
  readonly rendered: string;
  /** What happened, as a sentence for people: a template over the event's own variables. */
  readonly happened: string;
  /** Who and where. */
  readonly whereabouts: (captured: Captured) => Whereabouts;
  /** The value of a template variable that is particular to this event; `undefined` when it has none. */
  readonly variable: (captured: Captured, name: string) => Json | undefined;
  /** The members of the default document that describe the subject. */
  readonly document: (captured: Captured) => JsonObject;
  /** Its own words, where it has some. */
  readonly words?: (captured: Captured) => Words;
}

/** Everything that is particular to an event type that automations wait for; its file holds one of these. */
export interface EventKind<Definition, Captured> extends CapturedKind<Captured> {
  /** What people choose it by. */
  readonly label: string;
  /** The scopes it may be used at. */
  readonly scopes: readonly ScopeForm[];
  /** What to use at the others, as a sentence. */
  readonly instead?: string;
  /** Reads the client's event filter. @throws TriplineError invalid */
  readonly fromWire: (eventFilter: Json) => Definition;
  /** The event filter that the client reads back as equal. */
  readonly toWire: (definition: Definition) => JsonObject;
  /** Which runs or artifacts it is about. @throws TriplineError invalid when this version refuses it */
  readonly filter: (definition: Definition) => Filter;
  /** The condition in words: `AVERAGE(loss) over the last 5 values > 0.6`. */
  readonly sentence: (definition: Definition) => string;
  /** The condition in few words: `AVERAGE(loss) > 0.6`. */
  readonly shortSentence: (definition: Definition) => string;
  /** The schemas of the members that {@link CapturedKind.document} gives. */
  readonly documentShape: z.ZodRawShape;
}
