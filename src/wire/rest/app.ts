import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Ground } from '../../store/ground.ts';

/** The part of the server below `/api/v1`: every request has a viewer, every schema is zod's. */
export type RestApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What resources stand on: made once, by the composition root. */
export interface RestServices {
  readonly ground: Ground;
}

/** Adds the routes of one resource. */
export type RestResource = (app: RestApp, services: RestServices) => void;
