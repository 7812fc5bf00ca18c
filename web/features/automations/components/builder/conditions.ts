import {
  ALIAS_FIELDS,
  COLLECTION_FIELDS,
  PLACE_FIELDS,
  TAG_FIELDS,
} from '../../../../../src/events/artifact-fields.ts';
import { RUN_FIELDS } from '../../../../../src/events/run-fields.ts';
import type { FieldCatalogue } from '../../../../../src/filter/catalogue.ts';
import { type Condition, lackOf, treeOf } from '../../../../lib/conditions.ts';
import type { EventType } from './draft.ts';
import { Fault } from './fault.ts';

/** What a filter of an event may ask about. */
export function fieldsOf(type: EventType): FieldCatalogue {
  switch (type) {
    case 'CREATE_ARTIFACT':
    case 'LINK_MODEL':
    case 'UNLINK_ARTIFACT':
      return PLACE_FIELDS;
    case 'ADD_ARTIFACT_ALIAS':
      return ALIAS_FIELDS;
    case 'ADD_ARTIFACT_TAG':
    case 'REMOVE_ARTIFACT_TAG':
      return TAG_FIELDS;
    case 'ADD_COLLECTION_TAG':
    case 'REMOVE_COLLECTION_TAG':
      return COLLECTION_FIELDS;
    default:
      return RUN_FIELDS;
  }
}

/** The part of a filter that a line stands for. @throws Fault at the filter when something is missing */
export function partOf(condition: Condition, at: string): Readonly<Record<string, unknown>> {
  const lack = lackOf(condition);
  if (lack !== undefined) throw new Fault(at, lack);
  return treeOf(condition);
}
