import { FreshKey } from '../../../components/fresh-key.tsx';

/** The key of a program, the one time it can be seen. */
export function FreshServiceKey({ apiKey, onDone }: { readonly apiKey: string; readonly onDone: () => void }) {
  const command = `export WANDB_BASE_URL=${location.origin} WANDB_API_KEY=${apiKey}`;
  return <FreshKey apiKey={apiKey} use="Where the program runs:" command={command} onDone={onDone} />;
}
