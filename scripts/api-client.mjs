// Writes the web app's view of the public API from its OpenAPI description: a schema for every shape, by which answers
// are parsed and from which their types come, and an operation for every route.

const HEAD = `// Written by 'npm run generate' from the API's description: do not edit.
import * as z from 'zod/mini';
import { operation } from './operation.ts';
`;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** @param {object} description OpenAPI 3.1 */
export function apiClient(description) {
  const schemas = description.components.schemas;
  const operations = Object.entries(description.paths).flatMap(([path, routes]) =>
    METHODS.filter((method) => routes[method] !== undefined).map((method) => ({ path, method, ...routes[method] })),
  );
  const written = operations.map(operationText);
  const used = inOrder(schemas, operations);
  const shapes = used.map((name) => `export const ${name} = ${schemaText(schemas[name])};`);
  const types = used.map((name) => `export type ${name} = z.infer<typeof ${name}>;`);
  return [HEAD, ...shapes, '', ...types, '', ...written, ''].join('\n');
}

function operationText({ path, method, parameters = [], requestBody, responses, summary }) {
  const short = path.replace('/api/v1', '');
  const of = (where) => parameters.filter((parameter) => parameter.in === where);
  const parts = [`method: '${method.toUpperCase()}'`, `path: '${short}'`];
  parts.push(`params: ${objectText(of('path'))}`, `query: ${objectText(of('query'))}`);
  parts.push(
    `body: ${requestBody === undefined ? 'z.undefined()' : schemaText(requestBody.content['application/json'].schema)}`,
  );
  parts.push(`answer: ${answerText(responses)}`);
  return `/** ${summary}. */\nexport const ${nameOf(method, short)} = /* @__PURE__ */ operation({ ${parts.join(', ')} });`;
}

/** `GET /entities/{entity}/projects` is `getEntityProjects`: a parameter says that the word before it means one. */
function nameOf(method, path) {
  const segments = path.split('/').filter((segment) => segment !== '');
  const words = segments.flatMap((segment, index) => {
    if (segment.startsWith('{')) return [];
    return [segments[index + 1]?.startsWith('{') ? singular(segment) : segment];
  });
  const pascal = words.join('-').replaceAll(/(?:^|[-.])(\w)/g, (_, letter) => letter.toUpperCase());
  return method + pascal;
}

function singular(word) {
  return word.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
}

function objectText(parameters) {
  const entries = parameters.map(({ name, schema, required }) => `${name}: ${optional(schemaText(schema), required)}`);
  return entries.length === 0 ? 'z.undefined()' : `z.object({ ${entries.join(', ')} })`;
}

function answerText(responses) {
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? [];
  const schema = success?.content?.['application/json']?.schema;
  return schema === undefined || schema.type === 'null' ? 'z.null()' : schemaText(schema);
}

/** What answers may hold more than is known of is dropped; what requests may hold is judged by the server. */
function schemaText(schema) {
  if (schema.$ref !== undefined) return refOf(schema);
  if (schema.const !== undefined) return `z.literal(${JSON.stringify(schema.const)})`;
  if (schema.enum !== undefined) return `z.enum(${JSON.stringify(schema.enum)})`;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return unionText(choices.map(schemaText));
  if (schema.allOf !== undefined)
    return schema.allOf.map(schemaText).reduce((one, other) => `z.intersection(${one}, ${other})`);
  if (Array.isArray(schema.type)) return unionText(schema.type.map((type) => schemaText({ ...schema, type })));
  return typeText(schema);
}

function unionText(texts) {
  const some = texts.filter((text) => text !== 'z.null()');
  const body = some.length === 1 ? some[0] : `z.union([${some.join(', ')}])`;
  if (some.length === 0) return 'z.null()';
  return some.length === texts.length ? body : `z.nullable(${body})`;
}

function typeText(schema) {
  switch (schema.type) {
    case 'string':
      return 'z.string()';
    case 'integer':
    case 'number':
      return 'z.number()';
    case 'boolean':
      return 'z.boolean()';
    case 'null':
      return 'z.null()';
    case 'array':
      return `z.array(${schema.items === undefined ? 'z.unknown()' : schemaText(schema.items)})`;
    case 'object':
      return recordText(schema);
    default:
      return 'z.unknown()';
  }
}

function recordText({ properties, required = [], additionalProperties }) {
  if (properties === undefined) {
    const value = typeof additionalProperties === 'object' ? schemaText(additionalProperties) : 'z.unknown()';
    return `z.record(z.string(), ${value})`;
  }
  const entries = Object.entries(properties).map(
    ([name, schema]) => `${JSON.stringify(name)}: ${optional(schemaText(schema), required.includes(name))}`,
  );
  return `z.object({ ${entries.join(', ')} })`;
}

function optional(text, required) {
  return required ? text : `z.optional(${text})`;
}

/** Requests are described apart, as `…Input`. */
function refOf({ $ref }) {
  return $ref.split('/').at(-1);
}

/** The schemas that operations need, each after those it is made of. */
function inOrder(schemas, operations) {
  const order = new Set();
  const visit = (value) => {
    for (const { $ref } of refsIn(value)) {
      const name = refOf({ $ref });
      if (order.has(name)) continue;
      visit(schemas[name]);
      order.add(name);
    }
  };
  for (const { requestBody, responses } of operations) {
    visit(requestBody ?? {});
    visit(Object.fromEntries(Object.entries(responses).filter(([status]) => status.startsWith('2'))));
  }
  return [...order];
}

function refsIn(value) {
  if (typeof value !== 'object' || value === null) return [];
  if (typeof value.$ref === 'string') return [value];
  return Object.values(value).flatMap(refsIn);
}
