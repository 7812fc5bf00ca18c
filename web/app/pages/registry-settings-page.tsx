import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { Empty } from '../../components/empty.tsx';
import { Section } from '../../components/page.tsx';
import { registryQuery } from '../../features/registries/api/get-registry.ts';
import { DeleteRegistry } from '../../features/registries/components/delete-registry.tsx';
import { RegistrySettings } from '../../features/registries/components/registry-settings.tsx';
import { RegistryFrame } from './registry-frame.tsx';

const route = getRouteApi('/inside/orgs/$organization/registry/$registry/settings');

/** What the admins of a registry decide for it. */
export function RegistrySettingsPage() {
  const { organization, registry } = route.useParams();
  const navigate = route.useNavigate();
  const { data } = useSuspenseQuery(registryQuery(organization, registry));
  return (
    <RegistryFrame organization={organization} registry={registry} part="Settings">
      {data.may.includes('manage_project') ? (
        <>
          <RegistrySettings
            organization={organization}
            registry={data}
            onRenamed={(name) =>
              void navigate({
                to: '/orgs/$organization/registry/$registry/settings',
                params: { organization, registry: name },
                replace: true,
              })
            }
          />
          <Section
            title="Delete"
            lead="Its collections go, with the links and automations in them. The versions stay where they were logged."
          >
            <DeleteRegistry
              organization={organization}
              registry={registry}
              onDeleted={() => void navigate({ to: '/registries' })}
            />
          </Section>
        </>
      ) : (
        <Empty icon={Lock} title="For admins of the registry">
          Settings are changed by admins of {registry} or of {organization}.
        </Empty>
      )}
    </RegistryFrame>
  );
}
