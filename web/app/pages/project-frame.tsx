import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Page } from '../../components/page.tsx';
import { projectQuery } from '../../features/projects/api/get-project.ts';
import { throwMissing } from '../../lib/api/api-error.ts';
import { ProjectTabs } from './project-tabs.tsx';

interface ProjectFrameProps {
  readonly entity: string;
  readonly project: string;
  /** What of the project this is, in the browser's tab; its runs, where it is left out. */
  readonly part?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page of a project, with the way to the others. */
export function ProjectFrame({ entity, project, part, actions, children }: ProjectFrameProps) {
  const { data, error } = useSuspenseQuery(projectQuery(entity, project));
  throwMissing(error);
  const within = part === undefined ? [entity] : [part, entity];
  return (
    <Page title={project} within={within} lead={data.description ?? undefined} actions={actions}>
      <ProjectTabs entity={entity} project={project} />
      {children}
    </Page>
  );
}
