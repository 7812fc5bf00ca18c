import { z } from 'zod';
import type { JsonObject } from '../model/json.ts';
import { collectionFact } from './artifact-facts.ts';
import type { CapturedCollection } from './artifact-subject.ts';
import { collectionDocument, collectionVariable } from './artifact-variables.ts';
import { collectionShape } from './document-shapes.ts';
import type { Whereabouts } from './kind.ts';

/** A collection's tag was added or removed, as stored. */
export interface CapturedCollectionTagEvent<Type extends string> {
  readonly type: Type;
  /** User name of whoever caused it. */
  readonly author: string;
  readonly collection: CapturedCollection;
  readonly tag: string;
}

/** The parts of an event kind that all events about a collection share. */
export const collectionTagCapture = {
  whereabouts: ({ author, collection }: CapturedCollectionTagEvent<string>): Whereabouts => {
    const { entity, project } = collection;
    return { author, entity, project };
  },
  facts: (event: CapturedCollectionTagEvent<string>) => (field: string) => {
    if (field === 'tag') return event.tag;
    return field === 'author' ? event.author : collectionFact(event.collection, field);
  },
  variable: ({ collection, tag }: CapturedCollectionTagEvent<string>, name: string) =>
    name === 'tag' ? tag : collectionVariable(collection, name),
  document: ({ collection, tag }: CapturedCollectionTagEvent<string>): JsonObject => ({
    collection: { ...collectionDocument(collection), tag },
  }),
  documentShape: { collection: z.strictObject({ ...collectionShape, tag: z.string() }) },
};
