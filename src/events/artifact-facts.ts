import type { Json } from '../model/json.ts';
import { valueAt } from '../model/value-at.ts';
import type { CapturedCollection, CapturedSourceRun, CapturedVersion } from './artifact-subject.ts';

/** What a filter can ask of a collection, by canonical field name. */
export function collectionFact(collection: CapturedCollection, field: string): Json | undefined {
  switch (field) {
    case 'collection':
      return collection.name;
    case 'collection_tag':
      return collection.tags;
    case 'artifact_type':
      return collection.artifactType;
    case 'project':
      return collection.project;
    case 'entity':
      return collection.entity;
    case 'registry':
      return collection.registry ?? undefined;
    default:
      return undefined;
  }
}

/** What a filter can ask of a version at its place, that of the collection included. */
export function versionFact(version: CapturedVersion, field: string): Json | undefined {
  switch (field) {
    case 'alias':
      return version.aliases;
    case 'tag':
      return version.tags;
    case 'version':
      return version.index;
    case 'size':
      return version.size;
    default:
      return treeFact(version, field) ?? collectionFact(version.collection, field);
  }
}

function treeFact({ metadata, sourceRun }: CapturedVersion, field: string): Json | undefined {
  if (field.startsWith('metadata.')) return valueAt(metadata, field.slice('metadata.'.length));
  if (!field.startsWith('source_run.') || sourceRun === null) return undefined;
  return sourceRunFact(sourceRun, field.slice('source_run.'.length));
}

function sourceRunFact(run: CapturedSourceRun, field: string): Json | undefined {
  if (field === 'name') return run.displayName;
  if (field.startsWith('config.')) return valueAt(run.config, field.slice('config.'.length));
  return field.startsWith('summary.') ? valueAt(run.summary, field.slice('summary.'.length)) : undefined;
}
