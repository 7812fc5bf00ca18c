import '@mantine/spotlight/styles.layer.css';
import { useMantineColorScheme } from '@mantine/core';
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  Archive,
  Folder,
  Footprints,
  House,
  KeyRound,
  Moon,
  Package,
  Search,
  Server,
  Settings,
  Sun,
  Zap,
} from 'lucide-react';
import { useState } from 'react';
import { EntityMark } from '../../components/entity-mark.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { firstCollectionsQuery } from '../../features/artifacts/api/find-artifacts.ts';
import { newestProjects } from '../../features/projects/api/newest-projects.ts';
import { registriesQuery } from '../../features/registries/api/list-registries.ts';
import { useSettled } from '../../lib/use-settled.ts';
import styles from './palette.module.css';

const [store, palette] = createSpotlight();

export { palette };

const ICON = { size: 18, strokeWidth: 1.75 };

/** Everything that one may want to go to or do, a few letters away. */
export function Palette() {
  const [query, setQuery] = useState('');
  return (
    <Spotlight
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      actions={useGroups(query)}
      limit={12}
      scrollable
      maxHeight={420}
      lockScroll={false}
      attributes={{ content: { 'aria-label': 'Go to' } }}
      nothingFound="Nothing is called that."
      yOffset="16vh"
      centered={false}
      overlayProps={{ backgroundOpacity: 0.35, blur: 2 }}
      classNames={{ action: styles.action ?? '', actionsGroup: styles.group ?? '' }}
      searchProps={{
        leftSection: <Search {...ICON} />,
        placeholder: 'Go to a project, a registry, a collection …',
        'aria-label': 'Go to',
      }}
    />
  );
}

/** @param query what is typed: collections are looked for by the server */
function useGroups(query: string): SpotlightActionGroupData[] {
  const navigate = useNavigate();
  const { entities, admin } = useViewer();
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const owners = entities.filter(({ kind }) => kind !== 'organization').map(({ name }) => name);
  const organizations = entities.filter(({ kind }) => kind === 'organization').map(({ name }) => name);
  const { projects } = useQueries(newestProjects(owners));
  const registries = useQueries({ queries: organizations.map(registriesQuery) });
  const { data: collections = [] } = useQuery(firstCollectionsQuery(useSettled(query.trim())));
  return [
    {
      group: 'Pages',
      actions: [
        { id: 'home', label: 'Home', leftSection: <House {...ICON} />, onClick: () => void navigate({ to: '/' }) },
        {
          id: 'hub',
          label: 'Automations',
          leftSection: <Zap {...ICON} />,
          onClick: () => void navigate({ to: '/automations' }),
        },
        {
          id: 'registries',
          label: 'Registries',
          leftSection: <Archive {...ICON} />,
          onClick: () => void navigate({ to: '/registries' }),
        },
        {
          id: 'welcome',
          label: 'First steps',
          leftSection: <Footprints {...ICON} />,
          onClick: () => void navigate({ to: '/welcome' }),
        },
        {
          id: 'settings',
          label: 'Settings',
          leftSection: <Settings {...ICON} />,
          onClick: () => void navigate({ to: '/settings' }),
        },
        {
          id: 'keys',
          label: 'API keys',
          leftSection: <KeyRound {...ICON} />,
          onClick: () => void navigate({ to: '/settings/api-keys' }),
        },
        ...(admin
          ? [
              {
                id: 'server',
                label: 'Server',
                leftSection: <Server {...ICON} />,
                onClick: () => void navigate({ to: '/settings/server' }),
              },
            ]
          : []),
      ],
    },
    {
      group: 'Projects',
      actions: projects.map(({ entity, name }) => ({
        id: `project ${entity}/${name}`,
        label: name,
        description: entity,
        leftSection: <Folder {...ICON} />,
        onClick: () => void navigate({ to: '/$entity/$project', params: { entity, project: name } }),
      })),
    },
    {
      group: 'Registries',
      actions: organizations.flatMap((organization, index) =>
        (registries[index]?.data ?? []).map(({ name: registry }) => ({
          id: `registry ${organization}/${registry}`,
          label: registry,
          description: `registry of ${organization}`,
          leftSection: <Archive {...ICON} />,
          onClick: () =>
            void navigate({ to: '/orgs/$organization/registry/$registry', params: { organization, registry } }),
        })),
      ),
    },
    {
      group: 'Collections',
      actions: collections.map(({ id, entity, project, registry, type, name: collection, tags }) => ({
        id: `collection ${id}`,
        label: collection,
        description: `${type} of ${registry === null ? `${entity}/${project}` : `the registry ${registry}`}`,
        keywords: [...tags, query],
        leftSection: <Package {...ICON} />,
        onClick: () =>
          void navigate({
            to: '/$entity/$project/artifacts/$type/$collection',
            params: { entity, project, type, collection },
          }),
      })),
    },
    {
      group: 'Teams and people',
      actions: entities.map(({ name: entity, kind }) => ({
        id: `entity ${entity}`,
        label: entity,
        description: kind,
        leftSection: <EntityMark name={entity} />,
        onClick: () => void navigate({ to: '/$entity', params: { entity } }),
      })),
    },
    {
      group: 'Colours',
      actions: [
        { id: 'light', label: 'Light colours', leftSection: <Sun {...ICON} />, onClick: () => setColorScheme('light') },
        { id: 'dark', label: 'Dark colours', leftSection: <Moon {...ICON} />, onClick: () => setColorScheme('dark') },
      ],
    },
  ];
}
