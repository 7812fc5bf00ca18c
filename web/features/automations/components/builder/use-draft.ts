import { useEffect, useState } from 'react';
import { type Draft, draftSchema } from './draft.ts';

/**
 * A draft that outlives the page until it is saved or thrown away.
 *
 * @param key names what is written: a new automation, or one that is edited
 * @param first what it begins with when nothing is kept
 */
export function useDraft(key: string, first: Draft) {
  const place = `tripline-draft:${key}`;
  const [draft, setDraft] = useState(() => kept(place) ?? first);
  const [changed, setChanged] = useState(() => kept(place) !== undefined);
  useEffect(() => {
    if (changed) localStorage.setItem(place, JSON.stringify(draft));
    else localStorage.removeItem(place);
  }, [place, draft, changed]);
  const edit = (part: Partial<Draft>): void => {
    setChanged(true);
    setDraft((before) => ({ ...before, ...part }));
  };
  const forget = (): void => {
    setChanged(false);
    setDraft(first);
    localStorage.removeItem(place);
  };
  return { draft, edit, forget, changed };
}

function kept(place: string): Draft | undefined {
  try {
    return draftSchema.safeParse(JSON.parse(localStorage.getItem(place) ?? 'null')).data;
  } catch {
    return undefined;
  }
}
