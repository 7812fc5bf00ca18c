import { destinationOf, parseAction } from '../actions/index.ts';
import { type AlertTopic, topicOfState } from '../events/alert-topic.ts';
import { alertRoutesOfRun } from '../store/alert-routes.ts';
import type { Transaction } from '../store/database.ts';
import type { RunKey } from '../store/run-heads.ts';
import type { Match } from './caused.ts';
import type { Transition } from './run-transitions.ts';

/** What an event about a topic sends, apart from what automations do. */
export type AlertsFor = (topic: AlertTopic | undefined) => readonly Match[];

/**
 * Where alerts about a run go: to the channels of its team and of its author, each once (automations, section 4.7).
 *
 * @param author user name
 */
export async function alertsAbout(
  tx: Transaction,
  { tenantId }: RunKey,
  author: string,
  topics: readonly AlertTopic[],
): Promise<AlertsFor> {
  const routes = await alertRoutesOfRun(tx, { tenantId, username: author }, topics);
  const channels = new Map<string, { readonly topic: AlertTopic; readonly match: Match }>();
  for (const { topic, automationId: id, revision, action: stored } of routes) {
    const action = parseAction(stored);
    const channel = `${topic} ${destinationOf(action)}`;
    const match = { automation: { id, revision, action }, explanation: { alert: topic } };
    if (!channels.has(channel)) channels.set(channel, { topic, match });
  }
  return (wanted) => [...channels.values()].flatMap(({ topic, match }) => (topic === wanted ? match : []));
}

const NOBODY: AlertsFor = () => [];

/** {@link alertsAbout} what a run went through; asks for nothing when nobody is ever told of that. */
export async function alertsOfTransitions(
  tx: Transaction,
  run: RunKey,
  author: string | undefined,
  transitions: readonly Transition[],
): Promise<AlertsFor> {
  const topics = transitions.flatMap(({ reports }) => (reports && topicOfState(reports)) ?? []);
  return author === undefined || topics.length === 0 ? NOBODY : alertsAbout(tx, run, author, topics);
}
