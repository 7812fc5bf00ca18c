import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { invalid } from '../../model/error.ts';
import { DEFINITIONS } from './schema.ts';

const CONTENT = z.record(z.string(), z.union([z.string(), z.array(z.string()).transform((items) => items.join(','))]));
const KEYS = DEFINITIONS.flatMap(([, { fileKey }]) => fileKey ?? []);

/**
 * Reads a configuration file: a YAML map from keys to texts or lists of texts.
 *
 * @throws TriplineError invalid when it cannot be read, is no such map, or has a key that is no setting
 */
export function readSettingsFile(path: string): ReadonlyMap<string, string> {
  const content = CONTENT.safeParse(readYaml(path) ?? {});
  if (!content.success) {
    const where = content.error.issues[0]?.path.join('.');
    throw invalid(
      `${path}${where ? `: '${where}'` : ''} is not accepted: it must map settings to texts or lists of texts.`,
    );
  }
  const unknown = Object.keys(content.data).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw invalid(`'${unknown}' in ${path} is no setting; these are: ${KEYS.join(', ')}.`);
  return new Map(Object.entries(content.data));
}

function readYaml(path: string): unknown {
  try {
    // every scalar stays the text it is written as: a key of digits is no number
    return parse(readFileSync(path, 'utf8'), { schema: 'failsafe' });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : error;
    throw invalid(`The configuration file ${path} (--config) cannot be read: ${reason}`);
  }
}
