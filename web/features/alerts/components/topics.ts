import type { Topic } from '../api/alerts.ts';

interface TopicWords {
  readonly topic: Topic;
  readonly label: string;
  readonly tells: string;
}

/** What alerts can be about, in words. */
export const TOPICS: readonly TopicWords[] = [
  { topic: 'runFinished', label: 'Runs finished', tells: 'Runs that have finished.' },
  { topic: 'runCrashed', label: 'Run crashed', tells: 'Runs that have failed or crashed.' },
  { topic: 'runAlert', label: 'Scriptable alerts', tells: 'What scripts send with run.alert().' },
  {
    topic: 'deliveryTrouble',
    label: 'Trouble with deliveries',
    tells: 'Webhooks and channels that get nothing until an admin acts, and automations that fire too often.',
  },
];
