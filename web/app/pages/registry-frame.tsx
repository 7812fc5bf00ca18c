import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { REGISTRY_PREFIX } from '../../../src/model/registry-name.ts';
import { EntityMark } from '../../components/entity-mark.tsx';
import { Page } from '../../components/page.tsx';
import { registryQuery } from '../../features/registries/api/get-registry.ts';
import { throwMissing } from '../../lib/api/api-error.ts';
import { useLive } from '../../lib/live/use-live.ts';
import { RegistryTabs } from './registry-tabs.tsx';

interface RegistryFrameProps {
  readonly organization: string;
  readonly registry: string;
  /** The part that is open, where it is not the first. */
  readonly part?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** What stands around each part of a registry. */
export function RegistryFrame({ organization, registry, part, actions, children }: RegistryFrameProps) {
  useLive({ entities: [organization], project: REGISTRY_PREFIX + registry });
  const { data, error } = useSuspenseQuery(registryQuery(organization, registry));
  throwMissing(error);
  return (
    <Page
      title={registry}
      within={part === undefined ? ['Registry', organization] : [part, 'Registry', organization]}
      mark={<EntityMark name={registry} />}
      lead={data.description ?? undefined}
      actions={actions}
    >
      <RegistryTabs organization={organization} registry={registry} />
      {children}
    </Page>
  );
}
