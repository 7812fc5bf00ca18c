import { useQueries } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { FolderOpen, SearchX } from 'lucide-react';
import { CommandLine } from '../../components/command-line.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page, Section } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { loginCommand } from '../../features/api-keys/components/login-command.ts';
import { FirstRunButton, FirstRunOffer } from '../../features/first-run/components/offer.tsx';
import { newestProjects } from '../../features/projects/api/newest-projects.ts';
import { NewestProjects } from '../../features/projects/components/newest-projects.tsx';
import { useLive } from '../../lib/live/use-live.ts';

const route = getRouteApi('/inside/');

/** Where one arrives: the projects of everywhere that one belongs to, and how a machine joins. */
export function HomePage() {
  const { entities, username } = useViewer();
  useLive({ entities: entities.map(({ name }) => name) });
  const { search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const owners = entities.filter(({ kind }) => kind !== 'organization').map(({ name }) => name);
  const hasProjects = useQueries(newestProjects(owners)).projects.length > 0;
  const seek = (text: string) => void navigate({ search: text === '' ? {} : { search: text }, replace: true });
  return (
    <Page
      title="Projects"
      lead="Of your teams and your own, the newest first."
      actions={<SearchBox label="Search projects" value={search} onChange={seek} />}
    >
      <NewestProjects
        entities={owners}
        search={search}
        none={<FirstSteps entity={username} />}
        notFound={<NothingFound />}
      />
      {hasProjects && <FirstRunOffer entities={owners} />}
      <Section title="Connect a machine" lead="The client asks for an API key, and remembers it.">
        <CommandLine text={loginCommand()} label="Copy the command" />
      </Section>
    </Page>
  );
}

function FirstSteps({ entity }: { readonly entity: string }) {
  return (
    <Empty icon={FolderOpen} title="Log your first run" action={<FirstRunButton />}>
      <p>Connect the machine that trains, then run your script as it is. Its project appears here within seconds.</p>
      <CommandLine text={`wandb.init(entity="${entity}", project="my-project")`} label="Copy the line" />
    </Empty>
  );
}

function NothingFound() {
  return (
    <Empty icon={SearchX} title="No project is called that">
      The search looks at the names of projects and of their owners.
    </Empty>
  );
}
