import { useQueryClient } from '@tanstack/react-query';

/** What shows something of artifacts: a deed to one may change each of them. */
const KEYS = ['version', 'versions', 'collection', 'collections', 'lineage', 'artifact-types', 'labels', 'found'];

/** After a change of artifacts: all that shows them is read again. */
export function useArtifactsChanged() {
  return useInvalidate('active');
}

/** After something was deleted whose page one leaves: the next page reads again, this one would find nothing. */
export function useArtifactGone() {
  return useInvalidate('none');
}

function useInvalidate(refetchType: 'active' | 'none') {
  const client = useQueryClient();
  return () => Promise.all(KEYS.map((key) => client.invalidateQueries({ queryKey: [key], refetchType })));
}
