import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  type ActionPreview,
  type ActionSketchInput,
  type EventTest,
  type PastEvent,
  type PastEventsSoughtInput,
  postEntityAutomationsPastEvents,
  postEntityAutomationsPreview,
  postEntityAutomationsTestEvent,
} from '../../../lib/api/generated.ts';

/** What of one type happened last under a scope, newest first. */
export const pastEventsQuery = (entity: string, sought: PastEventsSoughtInput) =>
  queryOptions({
    queryKey: ['past events', entity, sought],
    queryFn: ({ signal }) => call(postEntityAutomationsPastEvents, { params: { entity }, body: sought, signal }),
    select: ({ items }) => items,
  });

/** What an automation would send about an event, or about a sample. */
export const previewQuery = (entity: string, sketch: ActionSketchInput) =>
  queryOptions({
    queryKey: ['preview', entity, sketch],
    queryFn: ({ signal }) => call(postEntityAutomationsPreview, { params: { entity }, body: sketch, signal }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });

type Draft = Pick<ActionSketchInput, 'scope' | 'event'>;

/** What each part of an automation says of an event that happened. */
export const eventTestQuery = (entity: string, { scope, event }: Draft, past: Pick<PastEvent, 'id' | 'entity'>) =>
  queryOptions({
    queryKey: ['event test', entity, scope, event, past.id],
    queryFn: ({ signal }) => {
      const body = { scope, event, action: null, pastEvent: { entity: past.entity, id: past.id } };
      return call(postEntityAutomationsTestEvent, { params: { entity }, body, signal });
    },
  });

export type { ActionPreview, ActionSketchInput, EventTest, PastEvent };
