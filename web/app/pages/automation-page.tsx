import { Button, Tabs } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { automationQuery } from '../../features/automations/api/get-automation.ts';
import { BacktestPanel } from '../../features/automations/components/details/backtest-panel.tsx';
import { CodePanel } from '../../features/automations/components/details/code-panel.tsx';
import { Definition } from '../../features/automations/components/details/definition.tsx';
import { DeleteButton } from '../../features/automations/components/details/delete-button.tsx';
import { WhyNot } from '../../features/automations/components/details/why-not.tsx';
import { Enabled } from '../../features/automations/components/enabled.tsx';
import { useLive } from '../../lib/live/use-live.ts';

const route = getRouteApi('/inside/automations/$id');
const TABS = { overview: 'Overview', backtest: 'Backtest', code: 'Code' } as const;
type AutomationTab = keyof typeof TABS;

/** Whether a text of the address names a tab. */
function isTab(text: unknown): text is AutomationTab {
  return typeof text === 'string' && Object.hasOwn(TABS, text);
}

/** An automation: what it is, why it did not fire, what it would have done, and how to write it in Python. */
export function AutomationPage() {
  const { id } = route.useParams();
  const { tab = 'overview' } = route.useSearch();
  const navigate = route.useNavigate();
  const { entities } = useViewer();
  const names = entities.map(({ name }) => name);
  const { data: automation } = useSuspenseQuery(automationQuery(names, id));
  useLive({ entities: [automation.entity], automation: id });
  return (
    <Page
      title={automation.name}
      within={['Automations', automation.entity]}
      lead={
        <>
          When {automation.when}
          {automation.description !== null && (
            <>
              <br />
              {automation.description}
            </>
          )}
        </>
      }
      mark={<Enabled automation={automation} />}
      actions={
        <>
          <Button
            variant="default"
            renderRoot={(props) => <Link {...props} to="/automations/$id/edit" params={{ id }} />}
          >
            Edit
          </Button>
          <Button
            variant="default"
            renderRoot={(props) => <Link {...props} to="/automations/new" search={{ from: id }} />}
          >
            Duplicate
          </Button>
          <DeleteButton automation={automation} onDeleted={() => void navigate({ to: '/automations' })} />
        </>
      }
    >
      <Definition automation={automation} />
      <Tabs
        mt="lg"
        value={tab}
        onChange={(next) => isTab(next) && void navigate({ search: { tab: next }, replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {Object.entries(TABS).map(([value, words]) => (
            <Tabs.Tab key={value} value={value}>
              {words}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <WhyNot automation={automation} />
        </Tabs.Panel>
        <Tabs.Panel value="backtest">
          <BacktestPanel automation={automation} />
        </Tabs.Panel>
        <Tabs.Panel value="code">
          <CodePanel automation={automation} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
