import { useSuspenseQuery } from '@tanstack/react-query';
import type { EntityDetails } from '../../../lib/api/generated.ts';
import { entityQuery } from './get-entity.ts';

/** Whether the viewer may do a deed in an entity, as the server says: a button that would be refused is not there. */
export function useMay(entity: string, deed: EntityDetails['may'][number]): boolean {
  return useSuspenseQuery(entityQuery(entity)).data.may.includes(deed);
}
