import {
  assertValidSchema,
  buildASTSchema,
  concatAST,
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLObjectType,
  GraphQLScalarType,
  type GraphQLSchema,
  isAbstractType,
  parse,
} from 'graphql';
import { isListed } from './answer-lists.ts';
import type { GraphqlContext } from './context.ts';
import type { FieldResolver, GraphqlModule, ResolverMap, TypeResolver } from './module.ts';
import { SCALARS } from './scalars.ts';

/** Joins the modules into one executable schema. @throws Error when they do not fit together */
export function buildSchema(modules: readonly GraphqlModule[]): GraphQLSchema {
  const schema = buildASTSchema(concatAST(modules.map((module) => parse(module.sdl, { noLocation: true }))));
  for (const module of modules) attachResolvers(schema, module.resolvers);
  for (const scalar of SCALARS) attachScalar(schema, scalar);
  assertValidSchema(schema);
  return schema;
}

function attachResolvers(schema: GraphQLSchema, resolvers: ResolverMap): void {
  for (const [typeName, { __resolveType, ...fields }] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    if (isAbstractType(type) && __resolveType !== undefined) {
      type.resolveType = __resolveType as TypeResolver<unknown>;
    }
    for (const [fieldName, resolve] of Object.entries(fields)) {
      const field = type instanceof GraphQLObjectType ? type.getFields()[fieldName] : undefined;
      if (field === undefined) throw new Error(`no field ${typeName}.${fieldName} in the schema for its resolver`);
      field.resolve = bounded(field, withoutNulls(resolve as FieldResolver<unknown, unknown>));
    }
  }
}

function attachScalar(schema: GraphQLSchema, scalar: GraphQLScalarType): void {
  const type = schema.getType(scalar.name);
  if (!(type instanceof GraphQLScalarType)) throw new Error(`no scalar ${scalar.name} in the schema`);
  type.description = scalar.description;
  type.serialize = scalar.serialize;
  type.parseValue = scalar.parseValue;
  type.parseLiteral = scalar.parseLiteral;
}

type Resolve = GraphQLFieldResolver<unknown, GraphqlContext>;

/** Lists are counted; those that are read page by page take turns. */
function bounded({ type, args }: GraphQLField<unknown, GraphqlContext>, resolve: Resolve): Resolve {
  if (!isListed(type)) return resolve;
  const way = args.some(({ name }) => name === 'first') ? 'page' : 'whole';
  return (...of) => of[2].lists[way](() => resolve(...of));
}

function withoutNulls(resolve: FieldResolver<unknown, unknown>): Resolve {
  return (source, args, context, info) => resolve(source, dropNulls(args), context, info);
}

function dropNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
  return Object.fromEntries(kept.map(([key, item]) => [key, dropNulls(item)]));
}
