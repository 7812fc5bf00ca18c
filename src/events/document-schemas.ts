import { z } from 'zod';
import type { JsonObject } from '../model/json.ts';
import { EVENT_TYPES, type EventType, kindOf } from './index.ts';

const DECIMAL = /^\d{1,19}$/;

/** What default documents of all types begin with. */
const common = {
  version: z.literal(1).describe('of this form'),
  id: z.string().describe('of the execution; also the webhook-id'),
  sequence: z.string().regex(DECIMAL).describe('of the event: ascending within an entity'),
  occurred_at: z.iso.datetime(),
  automation: z.strictObject({ id: z.string().regex(DECIMAL), name: z.string(), url: z.string() }),
  scope: z.strictObject({
    kind: z.enum(['entity', 'project', 'collection']),
    id: z.string().regex(DECIMAL),
    name: z.string(),
  }),
  author: z.string(),
  entity: z.string().describe('where it happened'),
  project: z.string(),
};

/** What `type` reads in the default document of an event type: one schema is published for each. */
export const DOCUMENT_TYPES: ReadonlyMap<string, EventType> = new Map(
  EVENT_TYPES.map((type) => [kindOf(type).rendered, type]),
);

/** The JSON Schema (draft 2020-12) of the default document of an event type (automations, section 4.3). */
export function documentSchema(type: EventType): JsonObject {
  const { rendered, label, documentShape } = kindOf(type);
  const document = z.strictObject({ ...common, type: z.literal(rendered), ...documentShape });
  return z.toJSONSchema(document.meta({ title: rendered, description: label })) as unknown as JsonObject;
}
