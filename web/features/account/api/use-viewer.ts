import { useSuspenseQuery } from '@tanstack/react-query';
import { type Viewer, viewerQuery } from './get-viewer.ts';

/** Who is signed in, on pages that only they see. */
export function useViewer(): Viewer {
  const { data } = useSuspenseQuery(viewerQuery);
  if (data === null) throw new Error('nobody is signed in');
  return data;
}
