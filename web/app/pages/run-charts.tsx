import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { automationsQuery } from '../../features/automations/api/list-automations.ts';
import { thresholdsOf } from '../../features/automations/components/thresholds.ts';
import { plotSearch } from '../../features/plots/components/plot-settings.ts';
import { Plots } from '../../features/plots/components/plots.tsx';
import { projectQuery } from '../../features/projects/api/get-project.ts';
import type { RunDetails } from '../../lib/api/generated.ts';
import { runColour } from '../../lib/run-colours.ts';
import { patternOfNames } from '../../lib/run-pattern.ts';
import { bellOf } from './plot-bell.tsx';

const route = getRouteApi('/inside/$entity/$project/runs/$run');

/** A plot for each metric of a run. */
export function RunCharts({ run }: { readonly run: RunDetails }) {
  const { entity, project } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: automations = [] } = useInfiniteQuery(automationsQuery({}, `${entity}/${project}`));
  const { data: owner } = useSuspenseQuery(projectQuery(entity, project));
  const mayAutomate = owner.may.includes('edit_automation');
  const { tab } = search;
  return (
    <Plots
      place={{ entity, project }}
      runs={[{ id: run.id, name: run.name, colour: runColour(run.id), live: run.state === 'running' }]}
      search={plotSearch({ ...search })}
      onSearch={(next) => void navigate({ search: { ...(tab === undefined ? {} : { tab }), ...next }, replace: true })}
      thresholds={thresholdsOf(automations)}
      bell={mayAutomate ? bellOf({ entity, project, runs: patternOfNames([run.name]) }) : undefined}
    />
  );
}
