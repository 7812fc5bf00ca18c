import { useQueryClient } from '@tanstack/react-query';

/** What shows something of artifacts: a deed to one may change each of them. */
const KEYS = ['version', 'versions', 'collection', 'collections', 'lineage', 'artifact-types', 'found'];

/** After a change of artifacts: all that shows them is read again. */
export function useArtifactsChanged() {
  const client = useQueryClient();
  return () => Promise.all(KEYS.map((key) => client.invalidateQueries({ queryKey: [key] })));
}
