import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { automationQuery } from '../../features/automations/api/get-automation.ts';
import { Builder } from '../../features/automations/components/builder/builder.tsx';
import { draftOf } from '../../features/automations/components/builder/draft-of.ts';
import { NewDestination } from './new-destination.tsx';

const route = getRouteApi('/inside/automations/$id/edit');

/** An automation that is changed. */
export function EditAutomationPage() {
  const { id } = route.useParams();
  const { step = 'event' } = route.useSearch();
  const navigate = route.useNavigate();
  const { entities } = useViewer();
  const names = entities.map(({ name }) => name);
  const { data: automation } = useSuspenseQuery(automationQuery(names, id));
  return (
    <Page title={automation.name} within={['Edit', automation.entity]} lead="Changes apply to what happens next.">
      <Builder
        key={id}
        place={`${id}:${automation.revision}`}
        first={draftOf(automation)}
        id={id}
        entities={names}
        newDestination={NewDestination}
        step={step}
        onStep={(next) => void navigate({ search: { step: next } })}
        onSaved={() => void navigate({ to: '/automations/$id', params: { id } })}
      />
    </Page>
  );
}
