import { LISTED_RUN_FIELDS } from '../../../../src/events/run-fields.ts';

/** What is known of every run, with its words; the name stands in every row. */
const WORDS: Readonly<Record<string, string>> = {
  name: 'ID',
  display_name: 'Name',
  state: 'State',
  username: 'Author',
  created_at: 'Created',
  heartbeat_at: 'Last seen',
  duration: 'Duration',
  group: 'Group',
  job_type: 'Job type',
  tags: 'Tags',
  sweep: 'Sweep',
  notes: 'Notes',
  host: 'Host',
  commit: 'Commit',
};

/** Fields of every run that can be a column. */
export const RUN_COLUMNS = Object.keys(WORDS).filter((name) => name !== 'display_name');
/** Fields of every run that can be asked for. */
export const ASKED_FIELDS = Object.keys(WORDS);
/** Fields of every run that many runs may have in common. */
export const GROUPED_FIELDS = ['state', 'username', 'group', 'job_type', 'tags', 'sweep', 'host', 'commit'];

/** A field as people read it: `Job type`, `config.lr`, and a metric by its own name. */
export function fieldWords(name: string): string {
  if (Object.hasOwn(WORDS, name)) return WORDS[name] ?? name;
  return name.startsWith('summary.') ? name.slice('summary.'.length) : name;
}

/** Whether there is such a field of runs, in a config or a summary or of every run. */
export function isField(name: string): boolean {
  return LISTED_RUN_FIELDS.resolve(name) !== undefined;
}
