import { conditionOf } from '../../../../lib/conditions.ts';
import { isObject, type Tree } from '../../../../lib/trees.ts';
import { partOf } from './conditions.ts';
import type { ArtifactEventDraft, Further, RunEventDraft } from './draft.ts';
import { Fault } from './fault.ts';

type Runs = RunEventDraft['runs'];
type Artifacts = ArtifactEventDraft['artifacts'];

/** What a regular expression is asked of, by event; the others have neither alias nor tag. */
export const PATTERN_FIELDS: Partial<Record<ArtifactEventDraft['type'], 'alias' | 'tag'>> = {
  LINK_MODEL: 'alias',
  ADD_ARTIFACT_ALIAS: 'alias',
  ADD_ARTIFACT_TAG: 'tag',
  REMOVE_ARTIFACT_TAG: 'tag',
  ADD_COLLECTION_TAG: 'tag',
  REMOVE_COLLECTION_TAG: 'tag',
};

/** The filter in the form in which the wandb client writes it. @throws Fault when it is not complete, or no JSON */
export function runFilterOf({ user, name, ...further }: Runs): Tree {
  const parts: Tree[] = [];
  if (user !== '') parts.push({ username: { $eq: user } });
  if (name !== '') parts.push({ display_name: { $regex: name } });
  return { $and: [...parts, ...furtherParts(further, 'runFilter')] };
}

/** The same of artifacts, which the client wraps once more. @throws Fault when it is not complete, or no JSON */
export function artifactFilterOf({ type, artifacts: { pattern, ...further } }: ArtifactEventDraft): Tree {
  const field = PATTERN_FIELDS[type];
  const parts = field === undefined || pattern === '' ? [] : [{ [field]: { $regex: pattern } }];
  return { $or: [{ $and: [...parts, ...furtherParts(further, 'filter')] }] };
}

export function runsOf(filter: Tree): Runs {
  const parts = conjuncts(filter);
  const user = taken(parts, 'username', '$eq');
  const name = taken(parts, 'display_name', '$regex');
  return { user, name, ...furtherOf(parts) };
}

export function artifactsOf(type: ArtifactEventDraft['type'], filter: Tree): Artifacts {
  const { $or: or } = filter;
  const only = Array.isArray(or) && or.length === 1 && Object.keys(filter).length === 1 ? (or[0] as Tree) : filter;
  const parts = conjuncts(only);
  const field = PATTERN_FIELDS[type];
  const pattern = field === undefined ? '' : taken(parts, field, '$regex');
  return { pattern, ...furtherOf(parts) };
}

function furtherParts({ conditions, advanced }: Further, field: string): Tree[] {
  const written = advanced.trim() === '' ? [] : [objectIn(advanced, field)];
  return [...conditions.map((each) => partOf(each, field)), ...written];
}

/** Lines for the parts that a line can say; the others together as JSON: nothing is lost. */
function furtherOf(parts: readonly Tree[]): Further {
  const read = parts.map((part) => ({ part, condition: conditionOf(part) }));
  return {
    conditions: read.flatMap(({ condition }) => condition ?? []),
    advanced: written(read.filter(({ condition }) => condition === undefined).map(({ part }) => part)),
  };
}

/** @throws Fault at the field when the text is no JSON object */
export function objectIn(text: string, field: string): Tree {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Fault(field, `This is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (isObject(value)) return value;
  throw new Fault(field, 'A JSON object is needed: { … }.');
}

function conjuncts(filter: Tree): Tree[] {
  const keys = Object.keys(filter);
  if (keys.length === 0) return [];
  return keys.length === 1 && Array.isArray(filter.$and) ? [...(filter.$and as Tree[])] : [filter];
}

/** Takes the condition that a field of the form stands for out of the parts; empty when there is none. */
function taken(parts: Tree[], field: string, operator: string): string {
  const index = parts.findIndex((part) => {
    const condition = Object.keys(part).length === 1 ? part[field] : undefined;
    return typeof condition === 'object' && condition !== null && Object.keys(condition).join() === operator;
  });
  const [part] = index < 0 ? [] : parts.slice(index, index + 1);
  const value = (part?.[field] as Tree | undefined)?.[operator];
  if (typeof value !== 'string') return '';
  parts.splice(index, 1);
  return value;
}

function written(parts: readonly Tree[]): string {
  const [first, ...others] = parts;
  if (first === undefined) return '';
  return JSON.stringify(others.length === 0 ? first : { $and: parts }, null, 2);
}
