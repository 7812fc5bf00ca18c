import { getRouteApi } from '@tanstack/react-router';
import { RunLogView } from '../../features/logs/components/run-log.tsx';
import { RunFiles } from '../../features/run-files/components/run-files.tsx';

/** The page stays where it is scrolled to: what is named scrolls by itself. */
const IN_PLACE = { replace: true, resetScroll: false } as const;

const route = getRouteApi('/inside/$entity/$project/runs/$run');

/** What a run printed, where the address says. */
export function RunLogPart({ live }: { readonly live: boolean }) {
  const place = route.useParams();
  const { line, find = '' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <RunLogView
      place={place}
      live={live}
      line={line}
      find={find}
      onFind={(text) =>
        void navigate({
          search: ({ find: _, ...kept }) => ({ ...kept, ...(text === '' ? {} : { find: text }) }),
          ...IN_PLACE,
        })
      }
      onLine={(to) => void navigate({ search: (kept) => ({ ...kept, line: to }), ...IN_PLACE })}
    />
  );
}

/** The files of a run, where the address says. */
export function RunFilesPart({ live, mayDelete }: { readonly live: boolean; readonly mayDelete: boolean }) {
  const place = route.useParams();
  const { folder, search = '', file } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <RunFiles
      place={place}
      live={live}
      mayDelete={mayDelete}
      at={{ folder: folder ?? folderOf(file), search, file }}
      onChange={(at) => {
        const { folder: next, search: text, file: open } = at;
        const texts = { folder: next, search: text, file: open };
        const given = Object.entries(texts).filter(([, value]) => value !== undefined && value !== '');
        void navigate({ search: { tab: 'files', ...Object.fromEntries(given) }, ...IN_PLACE });
      }}
    />
  );
}

/** A file that is named by itself is shown among those beside it. */
function folderOf(file: string | undefined): string {
  return file === undefined || !file.includes('/') ? '' : file.slice(0, file.lastIndexOf('/'));
}
