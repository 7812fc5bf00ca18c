import { useState } from 'react';
import { tellError } from '../../../../lib/notices.ts';
import { count } from '../../../../lib/words.ts';
import { MOST_VERSIONS } from '../../api/delete-versions.ts';

/** Versions that are chosen in a table, by their numbers. */
export interface ChosenVersions {
  readonly chosen: ReadonlySet<string>;
  readonly choose: (versions: readonly string[], isChosen: boolean) => void;
  readonly clear: () => void;
}

export function useChosenVersions(): ChosenVersions {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (versions: readonly string[], isChosen: boolean) => {
    const next = new Set(chosen);
    for (const version of versions) isChosen ? next.add(version) : next.delete(version);
    if (next.size > MOST_VERSIONS) tellError(`At most ${count(MOST_VERSIONS, 'version')} can be chosen at a time.`);
    else setChosen(next);
  };
  return { chosen, choose, clear: () => setChosen(new Set()) };
}
