import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLOutputType,
  getNamedType,
  isAbstractType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

const SCHEMA = new URL('../../src/wire/wandb/graphql/schema.graphql', import.meta.url);

/** Values for arguments, by name: texts as they are. */
export type Arguments = Readonly<Record<string, string | number>>;

/**
 * One query for each field of the schema's root, selecting all that can be selected to this depth; arguments are
 * given where there is a value for their name, and fields that require another one are left out.
 */
export function queriesOfSchema(values: Arguments, depth: number): readonly string[] {
  const root = buildSchema(readFileSync(SCHEMA, 'utf8')).getQueryType();
  const fields = Object.values(root?.getFields() ?? {});
  return fields.flatMap((field) => {
    const written = selectionOf(field, values, depth);
    return written === undefined ? [] : [`query Walk { ${written} }`];
  });
}

/** A field with all below it; `undefined` when it cannot be asked for. */
function selectionOf(field: GraphQLField<unknown, unknown>, values: Arguments, depth: number): string | undefined {
  const missing = field.args.some((argument) => isRequiredArgument(argument) && values[argument.name] === undefined);
  const below = missing ? undefined : fieldsOf(field.type, values, depth);
  if (below === undefined) return undefined;
  const given = field.args.flatMap(({ name }) =>
    values[name] === undefined ? [] : [`${name}: ${JSON.stringify(values[name])}`],
  );
  return `${field.name}${given.length === 0 ? '' : `(${given.join(', ')})`}${below}`;
}

function fieldsOf(type: GraphQLOutputType, values: Arguments, depth: number): string | undefined {
  const named = getNamedType(type);
  if (isAbstractType(named)) return ' { __typename }';
  if (!isObjectType(named)) return '';
  if (depth === 0) return undefined;
  const all = Object.values(named.getFields()).flatMap((field) => selectionOf(field, values, depth - 1) ?? []);
  return all.length === 0 ? undefined : ` { ${all.join(' ')} }`;
}
