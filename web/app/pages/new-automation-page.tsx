import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { automationQuery } from '../../features/automations/api/get-automation.ts';
import { Builder } from '../../features/automations/components/builder/builder.tsx';
import type { Draft } from '../../features/automations/components/builder/draft.ts';
import { copyOf } from '../../features/automations/components/builder/draft-of.ts';
import { emptyDraft } from '../../features/automations/components/builder/empty-draft.ts';
import { NewDestination } from './new-destination.tsx';

const route = getRouteApi('/inside/automations/new');

/** A new automation: from the beginning, or from a copy of another. */
export function NewAutomationPage() {
  const { from } = route.useSearch();
  return from === undefined ? <Fresh /> : <Copy from={from} />;
}

function Fresh() {
  const { step: _step, from: _from, entity: named, ...said } = route.useSearch();
  const { entities } = useViewer();
  const entity = named ?? entities[0]?.name ?? '';
  const { project, collection, type, metric, ...threshold } = said;
  const place = ['new', named, project, collection, type, metric, ...Object.values(threshold)];
  return (
    <Form
      place={place.filter((part) => part !== undefined).join(':')}
      first={emptyDraft({ ...said, entity })}
      title="New automation"
      metricOnly={metric !== undefined}
    />
  );
}

function Copy({ from }: { readonly from: string }) {
  const { data } = useSuspenseQuery(automationQuery(from));
  return <Form place={`copy:${from}`} first={copyOf(data)} title="Duplicate automation" />;
}

interface FormProps {
  readonly place: string;
  readonly first: Draft;
  readonly title: string;
  /** Whether a chart leads here. */
  readonly metricOnly?: boolean;
}

function Form({ title, ...builder }: FormProps) {
  const { step = 'event' } = route.useSearch();
  const navigate = route.useNavigate();
  const { entities } = useViewer();
  return (
    <Page title={title} lead="When something happens to a run or an artifact, the next step follows.">
      <Builder
        key={builder.place}
        {...builder}
        entities={entities.map(({ name }) => name)}
        newDestination={NewDestination}
        step={step}
        onStep={(next) => void navigate({ search: (before) => ({ ...before, step: next }) })}
        onSaved={({ id }) => void navigate({ to: '/automations/$id', params: { id } })}
      />
    </Page>
  );
}
