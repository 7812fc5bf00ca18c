import { invalid } from '../model/error.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { parseText } from './parse-text.ts';
import type { Template, TemplateNode } from './template.ts';

/** Largest template, in bytes of its JSON text. */
export const LARGEST_TEMPLATE = 64 * 1024;
const DEEPEST = 100;
const HINT = `; put variables in quotes, for instance "$\{metric_name}", or "$\{run_summary.acc | json}" to keep a number a number`;

/**
 * Parses a payload template: a JSON object whose texts and keys may hold variables (automations, section 4.3).
 *
 * @throws TriplineError invalid when it is no object, too large or too deep
 */
export function parseTemplate(json: Json, path = 'payload'): Template {
  if (!isJsonObject(json)) throw invalid(`${path} must be a JSON object`, path);
  const root = parseNode(json, path, 1);
  refuseLarge(JSON.stringify(json), path);
  return { source: json, root };
}

/**
 * Parses a payload template from its text, as people type it and as the client sends it.
 *
 * @throws TriplineError invalid, with a hint when a variable stands outside of quotes
 */
export function parseTemplateText(text: string, path = 'payload'): Template {
  refuseLarge(text, path);
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch (error) {
    const hint = text.includes('${') ? HINT : '';
    throw invalid(`${path} is not JSON (${error instanceof Error ? error.message : String(error)})${hint}`, path);
  }
  return parseTemplate(json, path);
}

function refuseLarge(text: string, path: string): void {
  const size = new TextEncoder().encode(text).length;
  if (size > LARGEST_TEMPLATE)
    throw invalid(`${path} has ${size} bytes; at most ${LARGEST_TEMPLATE} are allowed`, path);
}

function parseNode(json: Json, path: string, depth: number): TemplateNode {
  if (depth > DEEPEST) throw invalid(`${path} is nested deeper than ${DEEPEST} levels`, path);
  if (typeof json === 'string') return { kind: 'text', text: parseText(json) };
  if (json === null || typeof json !== 'object') return { kind: 'constant', value: json };
  if (isArray(json)) return { kind: 'array', items: json.map((item) => parseNode(item, path, depth + 1)) };
  return {
    kind: 'object',
    members: Object.entries(json).map(([key, value]) => [parseText(key), parseNode(value, path, depth + 1)]),
  };
}

function isArray(json: readonly Json[] | JsonObject): json is readonly Json[] {
  return Array.isArray(json);
}
