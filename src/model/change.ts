import { type ExecutionKey, executionId, parseExecutionId } from './execution-id.ts';
import {
  type AutomationId,
  type CollectionId,
  type ProjectId,
  parseId,
  type RunId,
  type TenantId,
  type UserId,
} from './ids.ts';
import { VISIBILITIES, type Visibility } from './viewer.ts';

/** What of a run changed: its state, name, tags and the like with `record`; only what it logged with `history`. */
export const RUN_PARTS = ['record', 'history'] as const;

export type RunPart = (typeof RUN_PARTS)[number];

/** What a commit changed: never the data itself, which whoever shows it reads again. */
export type Change =
  | {
      readonly kind: 'run';
      readonly tenantId: TenantId;
      readonly projectId: ProjectId;
      readonly runId: RunId;
      readonly part: RunPart;
    }
  | { readonly kind: 'execution'; readonly key: ExecutionKey }
  | { readonly kind: 'automation'; readonly tenantId: TenantId; readonly automationId: AutomationId }
  /** A collection of artifacts: its text and tags, which versions are in it, their aliases, tags and text. */
  | { readonly kind: 'collection'; readonly tenantId: TenantId; readonly collectionId: CollectionId }
  /** A project or registry: made, deleted, its name, settings or members. It is told to whom it can be seen as this. */
  | {
      readonly kind: 'project';
      readonly tenantId: TenantId;
      readonly projectId: ProjectId;
      readonly visibility: Visibility;
    }
  /** A client came with a key of this user; the only one that is no commit. */
  | { readonly kind: 'client'; readonly userId: UserId };

/** Something that can be listened to: everything of an entity, a project's runs, one run … */
export type Topic = `${'entity' | 'project' | 'run' | 'automation' | 'execution' | 'user'}:${string}`;

/** What a change belongs to: it is told to whoever listens to one of these. */
export function topicsOf(change: Change): readonly Topic[] {
  switch (change.kind) {
    case 'run': {
      const near = [`project:${change.projectId}`, `run:${change.runId}`] as const;
      return change.part === 'history' ? near : [`entity:${change.tenantId}`, ...near];
    }
    case 'execution': {
      const { tenantId, automationId } = change.key;
      return [`entity:${tenantId}`, `automation:${automationId}`, `execution:${executionId(change.key)}`];
    }
    case 'automation':
      return [`entity:${change.tenantId}`, `automation:${change.automationId}`];
    case 'collection':
      return [`entity:${change.tenantId}`];
    case 'project':
      return [`entity:${change.tenantId}`, `project:${change.projectId}`];
    case 'client':
      return [`user:${change.userId}`];
  }
}

/** A change as one word, the same for the same change: nodes send it to each other. */
export function changeWord(change: Change): string {
  switch (change.kind) {
    case 'run':
      return ['run', change.tenantId, change.projectId, change.runId, change.part].join(':');
    case 'execution':
      return executionId(change.key);
    case 'automation':
      return ['automation', change.tenantId, change.automationId].join(':');
    case 'collection':
      return ['collection', change.tenantId, change.collectionId].join(':');
    case 'project':
      return ['project', change.tenantId, change.projectId, change.visibility].join(':');
    case 'client':
      return `client:${change.userId}`;
  }
}

/** Reads a word of {@link changeWord}; `undefined` for what another version of Tripline may say. */
export function parseChange(word: string): Change | undefined {
  const key = parseExecutionId(word);
  if (key !== undefined) return { kind: 'execution', key };
  const [kind, first = '', second = '', third = '', last] = word.split(':');
  const tenantId = parseId<TenantId>(first);
  if (kind === 'client') {
    const userId = parseId<UserId>(first);
    return userId && { kind, userId };
  }
  if (kind === 'automation') {
    const automationId = parseId<AutomationId>(second);
    return tenantId && automationId && { kind, tenantId, automationId };
  }
  if (kind === 'collection') {
    const collectionId = parseId<CollectionId>(second);
    return tenantId && collectionId && { kind, tenantId, collectionId };
  }
  const projectId = parseId<ProjectId>(second);
  if (kind === 'project') {
    const visibility = VISIBILITIES.find((each) => each === third);
    return tenantId && projectId && visibility && { kind, tenantId, projectId, visibility };
  }
  const runId = parseId<RunId>(third);
  const part = RUN_PARTS.find((each) => each === last);
  return kind === 'run' && tenantId && projectId && runId && part
    ? { kind, tenantId, projectId, runId, part }
    : undefined;
}
