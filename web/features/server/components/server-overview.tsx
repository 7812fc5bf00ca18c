import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Section } from '../../../components/page.tsx';
import { Time } from '../../../components/time.tsx';
import { bytesText } from '../../../lib/bytes.ts';
import { count } from '../../../lib/words.ts';
import { type Server, serverQuery } from '../api/get-server.ts';
import { GROUPS } from './groups.ts';
import { SettingTable } from './setting-table.tsx';
import { Standing } from './standing.tsx';

/** How the server stands, and what it was started with. */
export function ServerOverview() {
  const { data: server, error, refetch } = useQuery(serverQuery);
  if (error !== null) return <ErrorPanel error={error} retry={refetch} />;
  if (server === undefined) return <Skeleton height={480} radius="lg" />;
  return (
    <>
      <Facts facts={factsOf(server)} />
      <Standing server={server} />
      {GROUPS.map(({ group, title, lead }) => (
        <Section key={group} title={title} lead={lead}>
          <SettingTable label={title} settings={server.settings.filter((setting) => setting.group === group)} />
        </Section>
      ))}
    </>
  );
}

function factsOf({ version, startedAt, node, nodes, database, files, people, organizations, teams }: Server) {
  return [
    ['Tripline', version],
    ['Started', <Time key="started" at={startedAt} />],
    ['Processes', `${nodes.length} (this one is number ${node})`],
    ['Database', `PostgreSQL ${database.version}, ${database.kind === 'embedded' ? 'embedded' : 'your own'}`],
    ['Its place', database.place],
    ['Its size', bytesText(database.bytes)],
    ['Files', files.place],
    ['Users', people.toLocaleString('en')],
    ['Teams', `${teams.toLocaleString('en')} in ${count(organizations, 'organization')}`],
  ] as const;
}
