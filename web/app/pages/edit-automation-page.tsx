import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { automationQuery } from '../../features/automations/api/get-automation.ts';
import type { Automation } from '../../features/automations/api/list-automations.ts';
import { Builder } from '../../features/automations/components/builder/builder.tsx';
import { draftOf } from '../../features/automations/components/builder/draft-of.ts';

const route = getRouteApi('/inside/automations/$id/edit');

/** An automation that is changed. */
export function EditAutomationPage() {
  const { id } = route.useParams();
  const { data: automation } = useSuspenseQuery(automationQuery(id));
  const { name, entity, mayManage } = automation;
  return (
    <Page title={name} within={['Edit', entity]} lead="Changes apply to what happens next.">
      {mayManage ? <Form automation={automation} /> : <NotYours />}
    </Page>
  );
}

function Form({ automation }: { readonly automation: Automation }) {
  const { step = 'event' } = route.useSearch();
  const navigate = route.useNavigate();
  const { entities } = useViewer();
  const { id, revision } = automation;
  return (
    <Builder
      key={id}
      place={`${id}:${revision}`}
      first={draftOf(automation)}
      id={id}
      entities={entities.map(({ name }) => name)}
      step={step}
      onStep={(next) => void navigate({ search: { step: next } })}
      onSaved={() => void navigate({ to: '/automations/$id', params: { id } })}
    />
  );
}

function NotYours() {
  return (
    <Empty icon={Lock} title="This is not for you">
      Only who manages automations here changes this one. An admin of the team can let you.
    </Empty>
  );
}
