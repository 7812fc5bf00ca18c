import type { GraphQLResolveInfo } from 'graphql';
import type { GraphqlContext } from './context.ts';

/**
 * Answers one field. Arguments arrive without their nulls, also inside input objects: the client means the
 * same by an explicit null as by leaving a member out (wandb protocol, 0.3). May throw a TriplineError, which
 * sets the HTTP status of the answer; anything else is answered as "internal error".
 */
export type FieldResolver<Source = never, Args = never> = (
  source: Source,
  args: Args,
  context: GraphqlContext,
  info: GraphQLResolveInfo,
) => unknown;

/** Names the object type of a member of a union or interface. */
export type TypeResolver<Source = never> = (source: Source) => string;

/** Resolvers by type and field; a field without one answers the property of its name. */
export interface ResolverMap {
  readonly [type: string]: { readonly [field: string]: FieldResolver } & { readonly __resolveType?: TypeResolver };
}

/**
 * A part of the schema: usually one GraphQL type with the root fields that lead to it. Types of other modules
 * are widened with `extend type`.
 */
export interface GraphqlModule {
  readonly sdl: string;
  readonly resolvers: ResolverMap;
}
