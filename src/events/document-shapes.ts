import { z } from 'zod';
import { RUN_STATES } from '../model/run-state.ts';

const text = z.string();
const texts = z.array(z.string());

/** A number as JSON can hold it: those that are not finite are texts. */
const number = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);

/** The run's part of the default document. */
export const runShape = {
  id: text.describe("the client's run id"),
  name: text.describe('display name'),
  state: z.enum(RUN_STATES),
  author: text,
  tags: texts,
  group: text.nullable(),
  job_type: text.nullable(),
  url: text.nullable(),
};

/** The metric's part. */
export const metricShape = {
  name: text,
  values: z.array(number).describe('of the current window, newest last, at most 50'),
  current: number.optional(),
  prior: number.optional(),
  change: number.optional(),
  z: number.optional(),
  mean: number.optional(),
  deviation: number.optional(),
  line: z.int().describe("the server's number of the history line that fired"),
  step: z.number().nullable(),
  timestamp: z.number().nullable().describe("seconds since 1970 by the client's clock"),
  condition: text.describe('as a sentence'),
  status: text.describe('what was compared'),
};

const kind = z.enum(['sequence', 'portfolio']);

/** The collection's part. */
export const collectionShape = {
  name: text,
  kind,
  type: text.describe('of its artifacts'),
  tags: texts,
  registry: text.nullable(),
  url: text,
};

/** The version's part. */
export const versionShape = {
  id: text,
  version: text.regex(/^v\d+$/),
  version_string: text.describe('<entity>/<project>/<collection>:vN'),
  collection: text,
  collection_kind: kind,
  type: text,
  registry: text.nullable(),
  aliases: texts,
  tags: texts,
  digest: text,
  size: z.int().describe('bytes'),
  source_run: z.strictObject({ id: text, name: text }).nullable().describe('the run that logged it'),
  url: text,
};
