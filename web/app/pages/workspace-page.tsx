import { Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { FlaskConical, PanelLeft } from 'lucide-react';
import { CommandLine } from '../../components/command-line.tsx';
import { Empty } from '../../components/empty.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { automationsQuery } from '../../features/automations/api/list-automations.ts';
import { thresholdsOf } from '../../features/automations/components/thresholds.ts';
import { MOST_RUNS, type PlotRun, toldApart } from '../../features/plots/components/plot-run.ts';
import { plotSearch } from '../../features/plots/components/plot-settings.ts';
import { Plots } from '../../features/plots/components/plots.tsx';
import { projectQuery } from '../../features/projects/api/get-project.ts';
import type { Run } from '../../features/runs/api/list-runs.ts';
import { useNewestRuns } from '../../features/runs/api/newest-runs.ts';
import { RunPicker } from '../../features/runs/components/run-picker.tsx';
import { useChosenRuns } from '../../features/runs/components/use-chosen-runs.ts';
import { useLive } from '../../lib/live/use-live.ts';
import { NEWEST } from '../../lib/newest-runs.ts';
import { runColour } from '../../lib/run-colours.ts';
import { idsOf, runsOf } from '../../lib/run-ids.ts';
import { literal, patternOfNames } from '../../lib/run-pattern.ts';
import { useSettled } from '../../lib/use-settled.ts';
import type { WorkspaceSearch } from '../workspace-search.ts';
import { bellOf } from './plot-bell.tsx';
import { ProjectFrame } from './project-frame.tsx';
import styles from './workspace-page.module.css';

const route = getRouteApi('/inside/$entity/$project/workspace');

/** A project's workspace: its runs, and a plot of every metric over those that are chosen. */
export function WorkspacePage() {
  const { entity, project } = route.useParams();
  useLive({ entities: [entity], project });
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: WorkspaceSearch) => void navigate({ search: next, replace: true });
  const { search: sought = '', ...rest } = search;
  const { list, rows } = useNewestRuns(entity, project, useSettled(sought));
  const named = idsOf(search.runs);
  const asked = named?.slice(0, MOST_RUNS);
  const waiting = named?.slice(MOST_RUNS) ?? [];
  const { newest = NEWEST } = search;
  const chosen = useChosenRuns(entity, project, asked, rows, newest);
  const [isOpen, drawer] = useDisclosure();
  const { data: automations = [] } = useInfiniteQuery(automationsQuery({}, `${entity}/${project}`));
  const bell = useBell(entity, project, asked === undefined ? undefined : chosen, sought);
  if (list.error !== null && rows === undefined)
    return <ErrorPanel error={list.error} retry={() => void list.refetch()} />;
  const picker = (
    <RunPicker
      {...{ entity, project, list, rows, most: MOST_RUNS, search: sought, isOwn: asked !== undefined, newest }}
      waiting={waiting.length}
      onNewest={(next) => change({ ...search, newest: next })}
      onSearch={(text) => change(text === '' ? rest : { ...rest, search: text })}
      chosen={chosen ?? []}
      onChoose={(ids) => {
        const { runs: _, ...others } = search;
        change(ids === undefined ? others : { ...others, runs: runsOf(ids.length === 0 ? [] : [...ids, ...waiting]) });
      }}
    />
  );
  return (
    <ProjectFrame entity={entity} project={project} part="Workspace">
      {rows?.length === 0 && sought === '' ? (
        <NoRuns entity={entity} project={project} />
      ) : (
        <div className={styles.layout}>
          <aside className={styles.runs} aria-label="Runs">
            {picker}
          </aside>
          <div className={styles.plots}>
            <Button
              className={styles.open ?? ''}
              size="xs"
              variant="default"
              leftSection={<PanelLeft size={14} aria-hidden />}
              onClick={drawer.open}
            >
              Runs ({chosen?.length ?? 0}
              {waiting.length > 0 && ` of ${(named?.length ?? 0).toLocaleString('en')}`} drawn)
            </Button>
            <Drawer
              opened={isOpen}
              onClose={drawer.close}
              title="Runs"
              size="20rem"
              closeButtonProps={{ 'aria-label': 'Close' }}
            >
              {picker}
            </Drawer>
            {chosen?.length === 0 ? (
              <Empty icon={FlaskConical} title="No run is drawn">
                Choose runs from the list: each metric of theirs has a plot here.
              </Empty>
            ) : (
              <Plots
                place={{ entity, project }}
                runs={toldApart((chosen ?? []).map(plotRun))}
                search={plotSearch({ ...search })}
                onSearch={(next) => change({ ...placeOf(search), ...next })}
                thresholds={thresholdsOf(automations)}
                bell={bell}
              />
            )}
          </div>
        </div>
      )}
    </ProjectFrame>
  );
}

/** The bell of the plots, where automations may be made: of the runs that are chosen, or else searched for. */
function useBell(entity: string, project: string, chosen: readonly Run[] | undefined, sought: string) {
  const { data: owner } = useSuspenseQuery(projectQuery(entity, project));
  if (!owner.may.includes('edit_automation')) return undefined;
  const names = chosen?.map(({ name }) => name) ?? [];
  const found = sought === '' ? undefined : literal(sought);
  return bellOf({ entity, project, runs: names.length > 0 ? patternOfNames(names) : found });
}

function plotRun({ id, name, state }: Run): PlotRun {
  return { id, name, colour: runColour(id), live: state === 'running' };
}

/** What an address says beside the plots. */
function placeOf({ runs, search, newest }: WorkspaceSearch): WorkspaceSearch {
  return {
    ...(runs === undefined ? {} : { runs }),
    ...(search === undefined ? {} : { search }),
    ...(newest === undefined ? {} : { newest }),
  };
}

function NoRuns({ entity, project }: { readonly entity: string; readonly project: string }) {
  const line = `wandb.init(entity="${entity}", project="${project}")`;
  return (
    <Empty icon={FlaskConical} title="No runs yet" action={<CommandLine text={line} label="Copy the line" />}>
      The first run that is logged here is drawn within seconds.
    </Empty>
  );
}
