import type { Setting } from '../api/get-server.ts';

/** What settings are about, in the order in which they are told. */
export const GROUPS: readonly { readonly group: Setting['group']; readonly title: string; readonly lead: string }[] = [
  { group: 'access', title: 'Access', lead: 'Where the server listens, and under which address people reach it.' },
  { group: 'storage', title: 'Storage', lead: 'Where everything is kept.' },
  { group: 'keys', title: 'Master key', lead: 'What seals secrets. No page and no answer shows it.' },
  { group: 'delivery', title: 'Ways out', lead: 'Which networks deliveries may reach, and through which proxy.' },
  { group: 'slack', title: 'Slack app', lead: 'By which teams connect channels through Slack.' },
  { group: 'limits', title: 'Limits', lead: 'Memory, deliveries at once, and how fast an automation may fire.' },
  { group: 'retention', title: 'Retention', lead: 'How long executions are kept.' },
  { group: 'running', title: 'Running', lead: 'The configuration file, the log, the demonstration.' },
];
