import { ServerOverview } from '../../features/server/components/server-overview.tsx';
import { ServerFrame } from './server-frame.tsx';

/** What the server runs with. */
export function ServerPage() {
  return (
    <ServerFrame
      part="Overview"
      lead="How the server stands, and every setting of its start. Settings are flags, variables and the configuration file: change them there and start it again."
    >
      <ServerOverview />
    </ServerFrame>
  );
}
