import { CommandLine } from '../../components/command-line.tsx';
import { Section } from '../../components/page.tsx';
import { ApiKeyTable } from '../../features/api-keys/components/api-key-table.tsx';
import { CreateApiKey } from '../../features/api-keys/components/create-api-key.tsx';
import { loginCommand } from '../../features/api-keys/components/login-command.ts';
import { OwnSettings } from './own-settings.tsx';

/** One's own API keys. */
export function ApiKeysPage() {
  return (
    <OwnSettings part="API keys">
      <Section title="API keys" lead="By a key, training scripts and the API know you." actions={<CreateApiKey />}>
        <ApiKeyTable />
      </Section>
      <Section title="Use it" lead="On the machine that trains; the client asks for the key and remembers it.">
        <CommandLine text={loginCommand()} label="Copy the command" />
      </Section>
    </OwnSettings>
  );
}
