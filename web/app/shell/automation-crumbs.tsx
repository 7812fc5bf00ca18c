import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { automationQuery } from '../../features/automations/api/get-automation.ts';

const AUTOMATIONS = (
  <Link key="automations" to="/automations">
    Automations
  </Link>
);

/** The way down to an automation, to the builder, or to an execution; nothing elsewhere. */
export function useAutomationCrumbs(): ReactNode[] {
  const { id = '' } = useParams({ strict: false });
  const path = useRouterState({ select: ({ location }) => location.pathname });
  // the page loads it: here it only matters what it is called
  const { data } = useQuery({ ...automationQuery(id), enabled: false });
  const name = data?.name ?? 'Automation';
  switch (path) {
    case '/automations/new':
      return [AUTOMATIONS, 'New automation'];
    case `/automations/${id}`:
      return [AUTOMATIONS, name];
    case `/automations/${id}/edit`:
      return [
        AUTOMATIONS,
        <Link key="automation" to="/automations/$id" params={{ id }}>
          {name}
        </Link>,
        'Edit',
      ];
    case `/executions/${id}`:
      return [
        <Link key="history" to="/automations/history">
          History
        </Link>,
        'Execution',
      ];
    default:
      return [];
  }
}
