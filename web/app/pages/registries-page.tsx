import { Archive } from 'lucide-react';
import { Empty } from '../../components/empty.tsx';
import { EntityMark } from '../../components/entity-mark.tsx';
import { Page, Section } from '../../components/page.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { RegistryTable } from '../../features/registries/components/registry-table.tsx';

/** The registries of every organization that one belongs to. */
export function RegistriesPage() {
  const organizations = useViewer().entities.filter(({ kind }) => kind === 'organization');
  return (
    <Page title="Registries" lead="Versions that whole organizations rely on, with roles and protected aliases.">
      {organizations.length === 0 && (
        <Empty icon={Archive} title="No organization">
          Registries belong to organizations. Ask an admin of yours to add you to it.
        </Empty>
      )}
      {organizations.map(({ name }) => (
        <Section key={name} title={name} mark={<EntityMark name={name} />}>
          <RegistryTable organization={name} />
        </Section>
      ))}
    </Page>
  );
}
