import { z } from 'zod';
import { invalid } from '../model/error.ts';
import { type IntegrationId, parseId } from '../model/ids.ts';
import { INTEGRATION_WORDS, type IntegrationKind } from '../model/integration-kind.ts';
import { type NodeType, parseNodeId } from '../model/wire-id.ts';

const NODE_TYPES: Readonly<Record<IntegrationKind, NodeType>> = {
  webhook: 'GenericWebhookIntegration',
  slack: 'SlackIntegration',
};

/** The id of an integration of one kind, as stored and as REST takes it. */
export function integrationIdSchema(kind: IntegrationKind): z.ZodType<IntegrationId> {
  return z.string().refine((text) => parseId(text) !== undefined, {
    message: `must be the id of a ${INTEGRATION_WORDS[kind]} integration`,
  }) as unknown as z.ZodType<IntegrationId>;
}

/** Reads an integration's node id, or its plain id. @throws TriplineError invalid, also for a node of another kind */
export function readIntegrationId(kind: IntegrationKind, text: string, path: string): IntegrationId {
  const id = parseNodeId<IntegrationId>(NODE_TYPES[kind], text) ?? parseId<IntegrationId>(text);
  if (id !== undefined) return id;
  throw invalid(`${path} must be the id of a ${INTEGRATION_WORDS[kind]} integration`, path);
}
