import { createRoute, redirect } from '@tanstack/react-router';
import {
  isVersionTab,
  type SelectionSearch,
  selectionSearch,
  type VersionSearch,
  type VersionTab,
} from '../artifact-search.ts';
import { lazyPage } from '../lazy-page.ts';
import { isRunTab, type RunSearch } from '../run-search.ts';
import { inside } from './doors.ts';
import { loadProject } from './load-project.ts';
import { openSelected } from './open-selected.ts';

/** Parts of a run's page that are called otherwise there. */
const TABS: Readonly<Record<string, RunSearch>> = {
  charts: {},
  workspace: {},
  system: {},
  code: { tab: 'files', folder: 'code' },
};

function partOfRun(part: string): RunSearch {
  return TABS[part] ?? (isRunTab(part) ? { tab: part } : {});
}

const runPart = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/runs/$run/$part',
  beforeLoad: ({ params: { part, ...params } }) => {
    throw redirect({ to: '/$entity/$project/runs/$run', params, search: partOfRun(part) });
  },
});

const runFile = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/runs/$run/files/$',
  beforeLoad: ({ params: { _splat: file = '', ...params } }) => {
    const search: RunSearch = file === '' ? { tab: 'files' } : { tab: 'files', file };
    throw redirect({ to: '/$entity/$project/runs/$run', params, search });
  },
});

/** Lists of runs are on the page of the project. */
const runLists = (['runs', 'table', 'overview'] as const).map((part) =>
  createRoute({
    getParentRoute: () => inside,
    path: `/$entity/$project/${part}`,
    beforeLoad: ({ params }) => {
      throw redirect({ to: '/$entity/$project', params });
    },
  }),
);

/** A group of runs, as W&B links to it. */
const runGroups = (['/$entity/$project/groups/$group', '/$entity/$project/groups/$group/$'] as const).map((path) =>
  createRoute({
    getParentRoute: () => inside,
    path,
    beforeLoad: ({ params: { entity, project, group } }) => {
      throw redirect({ to: '/$entity/$project', params: { entity, project }, search: { filter: { group } } });
    },
  }),
);

/** Files, metadata, lineage … of a version; what Tripline does not call so leads to the version. */
const versionParts = (['$part', '$part/$'] as const).map((rest) =>
  createRoute({
    getParentRoute: () => inside,
    path: `/$entity/$project/artifacts/$type/$collection/$version/${rest}`,
    beforeLoad: ({ params: { part, ...place } }) => {
      const { entity, project, type, collection, version } = place;
      const params = { entity, project, type, collection, version };
      const search = isVersionTab(part) ? { tab: part, ...fileAt(part, place) } : {};
      throw redirect({ to: '/$entity/$project/artifacts/$type/$collection/$version', params, search });
    },
  }),
);

/** The file that an address names behind the files of a version. */
function fileAt(part: VersionTab, { _splat: path }: { readonly _splat?: string | undefined }): VersionSearch {
  if (part !== 'files' || path === undefined || path === '') return {};
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return { file: path, ...(folder === '' ? {} : { folder }) };
}

const organization = createRoute({
  getParentRoute: () => inside,
  path: '/orgs/$entity',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/$entity', params });
  },
});

/** A registry, or a version that the address selects there, where no organization is named. */
const registry = (path: '/registry' | '/registry/$' | '/orgs/$organization/registry') =>
  createRoute({
    getParentRoute: () => inside,
    path,
    validateSearch: selectionSearch,
    beforeLoad: async ({ context, search }: Selecting) => {
      await openSelected(context.queryClient, search);
      throw redirect({ to: '/registries' });
    },
  });

interface Selecting {
  readonly context: { readonly queryClient: Parameters<typeof openSelected>[0] };
  readonly search: SelectionSearch;
}

const home = createRoute({
  getParentRoute: () => inside,
  path: '/home',
  beforeLoad: () => {
    throw redirect({ to: '/' });
  },
});

/** What W&B has beside runs and artifacts; whoever comes with such an address is told where they are. */
const elsewhere = (['sweeps', 'reports', 'reportlist', 'jobs', 'launch'] as const).flatMap((part) =>
  (['', '/$'] as const).map((rest) =>
    createRoute({
      getParentRoute: () => inside,
      path: `/$entity/$project/${part}${rest}`,
      loader: ({ context, params }) => loadProject(context.queryClient, params),
      component: lazyPage(() => import('../pages/elsewhere-page.tsx'), 'ElsewherePage'),
    }),
  ),
);

/** Addresses that clients print, and that people know from W&B, lead to our pages of the same things. */
export const clientAddresses = [
  runPart,
  runFile,
  ...runLists,
  ...runGroups,
  ...versionParts,
  organization,
  registry('/registry'),
  registry('/registry/$'),
  registry('/orgs/$organization/registry'),
  home,
  ...elsewhere,
] as const;
