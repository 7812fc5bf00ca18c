import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { type SelectionSearch, selectionSearch } from '../artifact-search.ts';
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

/** Files, metadata, lineage … of a version, whatever they are called. */
const versionParts = (['$part', '$part/$'] as const).map((rest) =>
  createRoute({
    getParentRoute: () => inside,
    path: `/$entity/$project/artifacts/$type/$collection/$version/${rest}`,
    beforeLoad: ({ params: { entity, project, type, collection, version } }) => {
      const params = { entity, project, type, collection, version };
      throw redirect({ to: '/$entity/$project/artifacts/$type/$collection/$version', params });
    },
  }),
);

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
      component: lazyRouteComponent(() => import('../pages/elsewhere-page.tsx'), 'ElsewherePage'),
    }),
  ),
);

/** Addresses that clients print, and that people know from W&B, lead to our pages of the same things. */
export const clientAddresses = [
  runPart,
  runFile,
  ...runLists,
  ...versionParts,
  organization,
  registry('/registry'),
  registry('/registry/$'),
  registry('/orgs/$organization/registry'),
  home,
  ...elsewhere,
] as const;
