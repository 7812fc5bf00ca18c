import { Button, Tabs } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../../components/page.tsx';
import { automationQuery } from '../../features/automations/api/get-automation.ts';
import type { Automation } from '../../features/automations/api/list-automations.ts';
import { AuditPanel } from '../../features/automations/components/details/audit-panel.tsx';
import { BacktestPanel } from '../../features/automations/components/details/backtest-panel.tsx';
import { CodePanel } from '../../features/automations/components/details/code-panel.tsx';
import { Definition } from '../../features/automations/components/details/definition.tsx';
import { DeleteButton } from '../../features/automations/components/details/delete-button.tsx';
import { TestPanel } from '../../features/automations/components/details/test-panel.tsx';
import { WhyNot } from '../../features/automations/components/details/why-not.tsx';
import { Enabled } from '../../features/automations/components/enabled.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { AUTOMATION_TABS, type AutomationTab, isAutomationTab } from '../automation-search.ts';

const route = getRouteApi('/inside/automations/$id');

/** An automation: what it is, why it did not fire, what it would do, who changed it, and how to write it in Python. */
export function AutomationPage() {
  const { id } = route.useParams();
  const { tab = 'overview', about } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: automation } = useSuspenseQuery(automationQuery(id));
  useLive({ entities: [automation.entity], automation: id });
  const parts = partsOf(automation, about);
  return (
    <Page
      title={automation.name}
      within={['Automations', automation.entity]}
      lead={<Lead automation={automation} />}
      mark={<Enabled automation={automation} />}
      actions={automation.mayManage && <Deeds automation={automation} />}
    >
      <Definition automation={automation} />
      <Tabs
        mt="lg"
        value={tab}
        onChange={(next) => isAutomationTab(next) && void navigate({ search: { tab: next }, replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {parts.map(([part]) => (
            <Tabs.Tab key={part} value={part}>
              {AUTOMATION_TABS[part]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {parts.map(([part, content]) => (
          <Tabs.Panel key={part} value={part}>
            {content}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

/** Those that its reader may see; the log is for admins. */
function partsOf(automation: Automation, about: string | undefined): readonly (readonly [AutomationTab, ReactNode])[] {
  return [
    ['overview', <WhyNot key={about} automation={automation} about={about} />],
    ['test', <TestPanel key="test" automation={automation} />],
    ['backtest', <BacktestPanel key="backtest" automation={automation} />],
    ...(automation.mayManage ? [['audit', <AuditPanel key="audit" automation={automation} />] as const] : []),
    ['code', <CodePanel key="code" automation={automation} />],
  ];
}

function Lead({ automation: { when, description } }: { readonly automation: Automation }) {
  return (
    <>
      When {when}
      {description !== null && (
        <>
          <br />
          {description}
        </>
      )}
    </>
  );
}

function Deeds({ automation }: { readonly automation: Automation }) {
  const navigate = route.useNavigate();
  const { id } = automation;
  return (
    <>
      <Button variant="default" renderRoot={(props) => <Link {...props} to="/automations/$id/edit" params={{ id }} />}>
        Edit
      </Button>
      <Button variant="default" renderRoot={(props) => <Link {...props} to="/automations/new" search={{ from: id }} />}>
        Duplicate
      </Button>
      <DeleteButton automation={automation} onDeleted={() => void navigate({ to: '/automations' })} />
    </>
  );
}
