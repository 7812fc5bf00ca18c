import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ArrowUpRight } from 'lucide-react';
import { MoreButton } from '../../../components/more-button.tsx';
import { SearchBox } from '../../../components/search-box.tsx';
import { NEWEST_OFFERED } from '../../../lib/newest-runs.ts';
import { runColour } from '../../../lib/run-colours.ts';
import { count } from '../../../lib/words.ts';
import type { Run } from '../api/list-runs.ts';
import styles from './run-picker.module.css';
import { RunState } from './run-state.tsx';

interface RunPickerProps {
  readonly entity: string;
  readonly project: string;
  /** Runs that the list has come to; absent while it is read. */
  readonly rows: readonly Run[] | undefined;
  readonly list: Parameters<typeof MoreButton>[0]['list'];
  readonly search: string;
  readonly onSearch: (text: string) => void;
  /** Those that are drawn. */
  readonly chosen: readonly Run[];
  /** How many may be. */
  readonly most: number;
  /** How many more are chosen. */
  readonly waiting: number;
  /** How many are drawn of the newest. */
  readonly newest: number;
  readonly onNewest: (count: number) => void;
  /** Told which are drawn from now on; `undefined`: the newest. */
  readonly onChoose: (ids: readonly string[] | undefined) => void;
  /** Whether they were chosen by hand. */
  readonly isOwn: boolean;
}

/** Chooses the runs that are drawn. */
export function RunPicker(props: RunPickerProps) {
  const { entity, project, rows, list, search, onSearch, chosen, most, waiting, onChoose, isOwn } = props;
  const { newest, onNewest } = props;
  const ids = chosen.map(({ id }) => id);
  const unlisted = chosen.filter(({ id }) => rows?.every((row) => row.id !== id) ?? false);
  const toggle = (id: string) => onChoose(ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id]);
  return (
    <div className={styles.picker}>
      <SearchBox label="Search runs" value={search} onChange={onSearch} isSecond />
      <div className={styles.bar}>
        {isOwn ? (
          <span>
            {ids.length} of at most {most} drawn
          </span>
        ) : (
          <NativeSelect
            size="xs"
            variant="unstyled"
            aria-label="Runs that are drawn"
            value={newest}
            onChange={(event) => onNewest(Number(event.currentTarget.value))}
            data={NEWEST_OFFERED.map((each) => ({ value: String(each), label: `Newest ${each} drawn` }))}
          />
        )}
        {isOwn ? (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChoose(undefined)}>
            Newest
          </Button>
        ) : (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChoose([])}>
            None
          </Button>
        )}
      </div>
      {waiting > 0 && (
        <p className={styles.waiting} role="status">
          {count(waiting, 'more run')} chosen: plots draw {most} at once. Untick one to draw the next.
        </p>
      )}
      <ul className={styles.list} aria-label="Runs" aria-busy={rows === undefined}>
        {[...unlisted, ...(rows ?? [])].map((run) => (
          <Item
            key={run.id}
            {...{ entity, project, run, isDrawn: ids.includes(run.id) }}
            isFull={ids.length >= most}
            onToggle={() => toggle(run.id)}
          />
        ))}
        {rows?.length === 0 && unlisted.length === 0 && <li className={styles.nothing}>No run is called that.</li>}
      </ul>
      <MoreButton list={list} />
    </div>
  );
}

interface ItemProps {
  readonly entity: string;
  readonly project: string;
  readonly run: Run;
  readonly isDrawn: boolean;
  readonly isFull: boolean;
  readonly onToggle: () => void;
}

function Item({ entity, project, run: { id, name, state }, isDrawn, isFull, onToggle }: ItemProps) {
  return (
    <li className={styles.item}>
      <Checkbox
        size="xs"
        className={styles.box ?? ''}
        checked={isDrawn}
        disabled={!isDrawn && isFull}
        onChange={onToggle}
        label={
          <span className={styles.label}>
            <span className={styles.dot} data-drawn={isDrawn} style={{ color: runColour(id) }} aria-hidden />
            <span className={styles.name} title={name}>
              {name}
            </span>
          </span>
        }
      />
      <span className={styles.state} data-state={state} title={state}>
        <RunState state={state} />
      </span>
      <Link
        to="/$entity/$project/runs/$run"
        params={{ entity, project, run: id }}
        className={styles.open}
        aria-label={`Open ${name}`}
        title={`Open ${name}`}
      >
        <ArrowUpRight size={14} aria-hidden />
      </Link>
    </li>
  );
}
