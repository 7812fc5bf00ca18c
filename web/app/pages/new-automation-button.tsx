import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { projectQuery } from '../../features/projects/api/get-project.ts';
import type { NewAutomationSearch } from '../automation-search.ts';

type Place = Pick<NewAutomationSearch, 'entity' | 'project' | 'collection' | 'type'>;

/** Leads to a new automation, of where one stands; not there where one may make none. */
export function NewButton(place: Place) {
  const { entity = '', project } = place;
  const { data } = useQuery({ ...projectQuery(entity, project ?? ''), enabled: project !== undefined });
  if (project !== undefined && data?.may.includes('edit_automation') !== true) return null;
  return (
    <Button
      leftSection={<Plus size={16} />}
      renderRoot={(props) => <Link {...props} to="/automations/new" search={place} />}
    >
      New automation
    </Button>
  );
}
