import { ActionIcon, Button, Skeleton, Tooltip } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { ChevronDown, ChevronUp, Download, ScrollText, WrapText } from 'lucide-react';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { SearchBox } from '../../../components/search-box.tsx';
import type { RunPlace } from '../../../lib/metric-history.ts';
import { count } from '../../../lib/words.ts';
import { logAddress } from '../api/log-matches.ts';
import { type RunLog, useLogLines } from '../api/use-log-lines.ts';
import styles from './log.module.css';
import { LogLinesView } from './log-lines.tsx';
import { type LogSearch, useLogSearch } from './use-log-search.ts';

interface RunLogProps {
  readonly place: RunPlace;
  /** The run goes on. */
  readonly live: boolean;
  /** The line that the address names, from 1. */
  readonly line: number | undefined;
  /** What the address searches. */
  readonly find: string;
  readonly onFind: (text: string) => void;
  readonly onLine: (line: number) => void;
}

/** What a run printed: from its end, or from the line that the address names. */
export function RunLogView({ place, live, line, find, onFind, onLine }: RunLogProps) {
  const log = useLogLines(place, live);
  const { total } = log.known;
  const search = useLogSearch({ place, text: find, total: total ?? 0, line, onLine });
  const [wraps, setWraps] = useLocalStorage({
    key: 'tripline-log-wraps',
    defaultValue: isNarrow(),
    getInitialValueInEffect: false,
  });
  if (total === undefined && log.error !== null) return <ErrorPanel error={log.error} retry={log.refetch} />;
  if (total === 0) return <NothingPrinted live={live} />;
  return (
    <>
      <search className={styles.head}>
        <SearchBox label="Search the log" value={find} onChange={onFind} onEnter={search.step} />
        <Matches search={search} />
        <span className={styles.count}>{total !== undefined && count(total, 'line')}</span>
        <Tooltip label="Wrap long lines">
          <ActionIcon
            variant={wraps ? 'light' : 'default'}
            size={36}
            aria-label="Wrap long lines"
            aria-pressed={wraps}
            onClick={() => setWraps(!wraps)}
          >
            <WrapText size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Button
          component="a"
          href={logAddress(place)}
          download={`${place.run}.log`}
          variant="default"
          leftSection={<Download size={15} aria-hidden />}
        >
          Download
        </Button>
      </search>
      <ReadFault log={log} />
      {total === undefined ? (
        <Skeleton className={styles.frame ?? ''} />
      ) : (
        <LogLinesView
          log={log}
          wraps={wraps}
          total={total}
          named={line === undefined ? undefined : Math.min(line, total) - 1}
          wanted={search.settled}
          live={live}
          onLine={onLine}
        />
      )}
    </>
  );
}

/** Where a line hardly fits, it is read row by row unless somebody wants it otherwise. */
function isNarrow(): boolean {
  return window.matchMedia('(max-width: 48em)').matches;
}

/** Which match one stands at, and the way to the next. */
function Matches({ search }: { readonly search: LogSearch }) {
  if (search.settled === '') return null;
  return (
    <div className={styles.matches}>
      <span role="status">{search.words}</span>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label="Previous match"
        disabled={search.isEmpty}
        onClick={() => search.step(true)}
      >
        <ChevronUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label="Next match"
        disabled={search.isEmpty}
        onClick={() => search.step(false)}
      >
        <ChevronDown size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}

/** What could not be read is told above what could. */
function ReadFault({ log: { known, error, lines, refetch } }: { readonly log: RunLog }) {
  const fault = known.fault ?? error;
  if (fault === null || known.total === undefined) return null;
  const again = () => {
    lines.retry();
    refetch();
  };
  return <ErrorPanel error={fault} retry={again} />;
}

function NothingPrinted({ live }: { readonly live: boolean }) {
  return (
    <Empty icon={ScrollText} title="Nothing was printed">
      {live
        ? 'What the script of the run writes to its console appears here.'
        : 'The script of the run wrote nothing to its console, or its client was told to keep it to itself.'}
    </Empty>
  );
}
