import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Status, type Tone } from '../../../components/status.tsx';
import { Time } from '../../../components/time.tsx';
import { count } from '../../../lib/words.ts';
import type { Server } from '../api/get-server.ts';
import styles from './standing.module.css';

/** What an operator looks at first: is anything locked, missing or late? */
export function Standing({ server }: { readonly server: Server }) {
  return (
    <div className={styles.standing}>
      <MasterKey masterKey={server.masterKey} />
      <AuditChain audit={server.audit} />
      <SlackApp server={server} />
      <Loopback allowed={server.loopbackAllowed} />
    </div>
  );
}

interface PartProps {
  readonly title: string;
  readonly tone: Tone;
  readonly state: string;
  readonly children: ReactNode;
}

function Part({ title, tone, state, children }: PartProps) {
  return (
    <section className={styles.part}>
      <Title order={3} className={styles.title}>
        {title}
      </Title>
      <Status tone={tone}>{state}</Status>
      <div>{children}</div>
    </section>
  );
}

function MasterKey({ masterKey: { known, keptIn, fault, rotating, lockedEntities } }: Pick<Server, 'masterKey'>) {
  if (!known)
    return (
      <Part title="Master key" tone="bad" state="secrets are locked">
        {fault ?? 'Another key counts for the database.'}
      </Part>
    );
  const locked = lockedEntities > 0;
  const state = locked ? `${count(lockedEntities, 'entity', 'entities')} locked` : 'secrets are open';
  return (
    <Part title="Master key" tone={locked ? 'bad' : 'good'} state={state}>
      Kept in {keptIn}.{rotating && ' The key to come is known too: a rotation can be run.'}
    </Part>
  );
}

function AuditChain({ audit: { number, hash, unsealed, oldestUnsealedAt } }: Pick<Server, 'audit'>) {
  return (
    <Part
      title="Audit log"
      tone={unsealed === 0 ? 'good' : 'busy'}
      state={unsealed === 0 ? 'sealed' : `${count(unsealed, 'entry', 'entries')} to be sealed`}
    >
      {oldestUnsealedAt !== null && (
        <>
          The oldest is of <Time at={oldestUnsealedAt} />.{' '}
        </>
      )}
      The server's own chain has {count(number, 'entry', 'entries')}
      {hash !== null && `, the last ${hash.slice(0, 12)}…`}. <code>tripline audit verify</code> checks all chains.
    </Part>
  );
}

function SlackApp({ server: { slackApp } }: { readonly server: Server }) {
  return slackApp ? (
    <Part title="Slack app" tone="good" state="set">
      Teams connect channels through Slack.
    </Part>
  ) : (
    <Part title="Slack app" tone="idle" state="not set">
      Channels are made from the address of an incoming webhook.
    </Part>
  );
}

function Loopback({ allowed }: { readonly allowed: boolean }) {
  return (
    <Part
      title="Inner networks"
      tone={allowed ? 'warn' : 'good'}
      state={allowed ? 'this machine may be reached' : 'closed to deliveries'}
    >
      {allowed
        ? 'Only this machine reaches Tripline, so deliveries may reach it too. Other inner addresses: only those allowed below.'
        : 'Deliveries reach private addresses and this machine only as allowed below.'}
    </Part>
  );
}
