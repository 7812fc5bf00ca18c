import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../lib/api/call.ts';
import {
  getEntityProjectArtifactVersionAliases,
  getEntityProjectArtifactVersionTags,
} from '../../../lib/api/generated.ts';
import { useSettled } from '../../../lib/use-settled.ts';
import type { CollectionAddress } from './list-versions.ts';

const LISTS = { alias: getEntityProjectArtifactVersionAliases, tag: getEntityProjectArtifactVersionTags } as const;
export type LabelNoun = keyof typeof LISTS;

const labelsQuery = ({ entity, project, collection }: CollectionAddress, noun: LabelNoun, search: string) =>
  queryOptions({
    queryKey: ['labels', entity, project, collection, noun, search],
    queryFn: async ({ signal }) =>
      (await call(LISTS[noun], { params: { entity, project, collection }, query: { search }, signal })).items,
    placeholderData: keepPreviousData,
    meta: { live: ['collection'] },
  });

/** The first names in a collection that begin with what somebody types; nothing is asked before they do. */
export function useLabelNames(address: CollectionAddress, noun: LabelNoun) {
  const [begun, onBegin] = useState<string>();
  const search = useSettled(begun ?? '');
  const { data: names = [] } = useQuery({ ...labelsQuery(address, noun, search), enabled: begun !== undefined });
  return { names, onBegin };
}
