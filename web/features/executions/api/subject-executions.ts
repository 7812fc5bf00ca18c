import { infiniteQueryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  getEntityProjectArtifactExecutions,
  getEntityProjectArtifactVersionExecutions,
  getEntityProjectRunExecutions,
} from '../../../lib/api/generated.ts';
import { pages } from './list-executions.ts';

/** What executions may be about, by its address. */
export type Subject = { readonly entity: string; readonly project: string } & (
  | { readonly kind: 'run'; readonly run: string }
  | { readonly kind: 'collection'; readonly collection: string }
  | { readonly kind: 'version'; readonly collection: string; readonly version: string }
);

/** What a run, a version, or a collection and its versions caused, the newest first. */
export const subjectExecutionsQuery = (subject: Subject) =>
  infiniteQueryOptions({
    ...pages,
    queryKey: ['executions', subject.entity, subject.project, 'of', subject],
    queryFn: ({ pageParam: cursor, signal }) => ask(subject, { query: { cursor }, signal }),
  });

function ask({ kind: _, ...subject }: Subject, asked: { query: { cursor: string | undefined }; signal: AbortSignal }) {
  if ('run' in subject) return call(getEntityProjectRunExecutions, { params: subject, ...asked });
  if ('version' in subject) return call(getEntityProjectArtifactVersionExecutions, { params: subject, ...asked });
  return call(getEntityProjectArtifactExecutions, { params: subject, ...asked });
}
