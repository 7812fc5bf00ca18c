import { Button, Select, Stack } from '@mantine/core';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { CommandLine } from '../../components/command-line.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Page } from '../../components/page.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { useCreateApiKey } from '../../features/api-keys/api/create-api-key.ts';
import { FreshLoginKey } from '../../features/api-keys/components/fresh-login-key.tsx';
import { useProgress } from '../../features/first-run/api/progress.ts';
import { AutomationStep } from '../../features/first-run/components/automation-step.tsx';
import { FireStep, RunStep } from '../../features/first-run/components/run-steps.tsx';
import { Step, Steps } from '../../features/first-run/components/step.tsx';
import { useTold } from '../../lib/live/told.ts';
import { useLive } from '../../lib/live/use-live.ts';

/** From nothing to the first automation that fired; each step ticks itself when the server sees it happen. */
export function WelcomePage() {
  const { entities, username } = useViewer();
  const own = entities.filter(({ kind, role }) => kind !== 'organization' && role === 'admin').map(({ name }) => name);
  const [entity, setEntity] = useState(own.includes(username) ? username : (own[0] ?? username));
  useLive({ entities: [entity], clients: true });
  const { run, automation, execution, error, retry } = useProgress(entity);
  const isConnected = useTold('client') || run !== null;
  const next = [isConnected, run !== null, automation !== null, execution !== null].indexOf(false) + 1;
  const choose = own.length > 1 && (
    <Select
      aria-label="Whose runs they are"
      allowDeselect={false}
      data={own.toSorted()}
      value={entity}
      onChange={(name) => name !== null && setEntity(name)}
    />
  );
  return (
    <Page title="First steps" narrow lead="From nothing to an automation that fires, in two minutes." actions={choose}>
      {error === null ? (
        <Steps>
          <ConnectStep username={username} isConnected={isConnected} isNext={next === 1} />
          <RunStep entity={entity} run={run} isNext={next === 2} />
          <AutomationStep key={entity} entity={entity} automation={automation} isNext={next === 3} />
          <FireStep execution={execution} isNext={next === 4} />
        </Steps>
      ) : (
        <ErrorPanel error={error} retry={retry} />
      )}
    </Page>
  );
}

interface ConnectStepProps {
  readonly username: string;
  readonly isConnected: boolean;
  readonly isNext: boolean;
}

/** The client is told where this server is, and by which key it is known. */
function ConnectStep({ username, isConnected, isNext }: ConnectStepProps) {
  const creation = useCreateApiKey();
  return (
    <Step
      number={1}
      title="Connect the client"
      lead="On the machine that trains, or on this one. The wandb client as it is: nothing of it is changed."
      seen={isConnected ? `A client came with a key of ${username}` : null}
      waiting="Waiting for a client"
      isNext={isNext}
    >
      <CommandLine text="pip install wandb" label="Copy the command" />
      {creation.data === undefined ? (
        <Stack align="flex-start">
          <Button
            variant={isConnected ? 'default' : 'filled'}
            leftSection={<KeyRound size={16} />}
            loading={creation.isPending}
            onClick={() => creation.mutate('first steps')}
          >
            Make an API key
          </Button>
        </Stack>
      ) : (
        <FreshLoginKey apiKey={creation.data.key} />
      )}
    </Step>
  );
}
