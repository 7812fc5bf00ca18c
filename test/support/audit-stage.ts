import { type Database, openDatabase } from '../../src/store/database.ts';
import { Ledger } from './audit-ledger.ts';
import { CLIENT_DOCUMENTS } from './client-documents.ts';
import { REGISTRY_DOCUMENTS } from './client-registry-documents.ts';
import { freshDatabase } from './databases.ts';
import { startReceiver } from './receiver.ts';
import { openScene, type Person, type Scene } from './scene.ts';
import { type Server, startServer } from './server.ts';
import { type SlackServer, startSlackServer } from './slack-server.ts';
import { auditedOperations } from './wire-deeds.ts';

/** Where deeds are done over the wire, each watched in the audit log. */
export interface AuditStage {
  readonly server: Server;
  readonly slack: SlackServer;
  readonly database: Database;
  readonly ledger: Ledger;
  readonly admin: Person;
  scene(): Promise<Scene>;
  inbox(): string;
  drop(): Promise<void>;
}

/** Behind a proxy, what is on the same machine is no longer reached unasked. */
const ARGS = ['--trusted-proxies', '127.0.0.1', '--delivery-allow', '127.0.0.1'];

/** The real server, which believes the proxy that this machine is, on a database that the test reads too. */
export async function openAuditStage(): Promise<AuditStage> {
  const [fresh, slack, receiver] = await Promise.all([freshDatabase('server'), startSlackServer(), startReceiver()]);
  const env = {
    TRIPLINE_SLACK_URL: slack.url,
    TRIPLINE_SLACK_CLIENT_ID: slack.app.clientId,
    TRIPLINE_SLACK_CLIENT_SECRET: slack.app.clientSecret,
  };
  const server = await startServer({ database: fresh, args: ARGS, env });
  const database = openDatabase({ connection: { connectionString: fresh.url }, onConnectionError: () => {} });
  return {
    server,
    slack,
    database,
    ledger: new Ledger(server, database),
    admin: { username: 'admin', key: server.adminKey },
    scene: () => openScene(server, receiver),
    inbox: () => receiver.inbox().url,
    drop: async () => {
      await database.close();
      await server.dispose();
      await Promise.all([slack.close(), receiver.close()]);
    },
  };
}

/** A mutation in the client's spelling. */
export function clientDocument(name: string): string {
  const found = CLIENT_DOCUMENTS[name] ?? REGISTRY_DOCUMENTS[name];
  if (found === undefined) throw new Error(`there is no document ${name}`);
  return found;
}

const TRACKED = /^(project|registry|artifact|collection|run|alias)\./;

/** The operations that must leave entries: of what runs and artifacts lie in, or all others. */
export function operationsOf(part: 'tracked' | 'governed'): string[] {
  const deedOf = (operation: string) => operation.split(' ').at(-1) ?? '';
  return auditedOperations()
    .filter((operation) => TRACKED.test(deedOf(operation)) === (part === 'tracked'))
    .sort();
}
