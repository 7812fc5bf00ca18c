import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RunCount } from '../../../lib/api/generated.ts';
import { count } from '../../../lib/words.ts';
import { MOST_FOUND } from '../api/chosen-runs.ts';
import { runCountQuery } from '../api/count-runs.ts';
import type { RunsAsked, RunsPlace } from '../api/list-runs.ts';
import { RunSelection } from './run-selection.tsx';
import styles from './run-table.module.css';

interface RunsStateProps {
  readonly place: RunsPlace;
  readonly asked: RunsAsked;
  readonly chosen: ReadonlySet<string>;
  /** How many were found when all of them were chosen. */
  readonly whole: number | undefined;
  readonly mayChange: boolean;
  readonly onWhole: (count: number) => void;
  readonly onClear: () => void;
}

/** How many runs are found, or chosen, and what can be done with those. */
export function RunsState({ place, asked, chosen, whole, mayChange, onWhole, onClear }: RunsStateProps) {
  const { data } = useQuery(runCountQuery(place, asked));
  if (whole !== undefined) {
    const found = { kind: 'found', asked, count: whole } as const;
    return <RunSelection place={place} chosen={found} mayChange={mayChange} onClear={onClear} />;
  }
  // nobody can change at once what was not counted
  const mayAll = mayChange && data?.exact === true && data.count > 1 && data.count <= MOST_FOUND;
  return (
    <>
      {chosen.size > 0 ? (
        <RunSelection
          place={place}
          chosen={{ kind: 'some', ids: [...chosen] }}
          mayChange={mayChange}
          onClear={onClear}
        />
      ) : (
        data !== undefined && <span className={styles.count}>{wordsOf(data)}</span>
      )}
      {mayAll && data.count > chosen.size && (
        <Button size="xs" variant="subtle" onClick={() => onWhole(data.count)}>
          {`Choose all ${data.count.toLocaleString('en')}`}
        </Button>
      )}
    </>
  );
}

function wordsOf(found: RunCount): string {
  if (found.exact) return count(found.count, 'run');
  return found.count === 0 ? 'None found so far' : `${count(found.count, 'run')} or more`;
}
