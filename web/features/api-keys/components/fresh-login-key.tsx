import { FreshKey } from '../../../components/fresh-key.tsx';
import { loginCommand } from './login-command.ts';

/** A key that was just made, and the command that wants it. */
export function FreshLoginKey({ apiKey, onDone }: { readonly apiKey: string; readonly onDone?: () => void }) {
  const use = 'Sign in on the machine that trains, and paste the key when it asks:';
  return <FreshKey apiKey={apiKey} use={use} command={loginCommand()} {...(onDone === undefined ? {} : { onDone })} />;
}
