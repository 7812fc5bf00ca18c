import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SlackMessage } from '../actions/slack-message.ts';
import { ARTIFACT_EVENTS } from '../events/artifact-fixtures.ts';
import type { CapturedEvent } from '../events/index.ts';
import { METRIC, OCCASION, RUN, STATE } from '../events/run-fixtures.ts';
import { renderMessage } from './render-message.ts';

const ROOM = { executionUrl: (id: string) => `https://host/executions/${id}` };
const ACTION = { title: '', message: '', severity: 'INFO' } as const;

function message(captured: CapturedEvent, action: Partial<Record<'title' | 'message', string>> = {}) {
  return JSON.parse(renderMessage(ROOM, { ...ACTION, ...action }, captured, OCCASION)) as SlackMessage;
}

/** What people see, block by block. */
function shown({ blocks }: SlackMessage): string[] {
  return blocks.flatMap((block) => {
    if (block.type === 'section') return [block.text?.text ?? ''];
    return block.type === 'context' ? block.elements.map((element) => ('text' in element ? element.text : '')) : [];
  });
}

test('a message says how bad it is, what happened, who, where, and leads to the pages', () => {
  const { text } = message(STATE);
  assert.equal(text, 'ℹ️ INFO: watch');
  assert.deepEqual(shown(message(STATE)), [
    'ℹ️ INFO *watch*',
    'Run fancy-moon-1 changed to Failed.',
    'by ann · team/proj · <https://host/team/proj/runs/abc|Run> · <https://host/automations/7|Automation> · <https://host/executions/exe_1_2_3_0|Execution>',
  ]);
});

test('a message about a metric has condition, value and the window as a chart', () => {
  const [, facts] = shown(message({ ...METRIC, metric: { ...METRIC.metric, values: [1, 3, 2] } }));
  assert.equal(
    facts,
    [
      'Run fancy-moon-1 met the condition AVERAGE(loss) &gt; 0.6.',
      'Condition: AVERAGE(loss) over the last 3 values &gt; 0.6',
      'Value: AVERAGE(loss) = Infinity',
      '`▁█▅`',
    ].join('\n'),
  );
});

test('every event of an artifact is told in a sentence without a gap, with a link to the artifact', () => {
  const sentences = Object.values(ARTIFACT_EVENTS).map((event) => {
    const blocks = shown(message(event));
    assert.ok(blocks.at(-1)?.includes('|Artifact>'));
    return blocks[1];
  });
  const version = 'acme/wandb-registry-model/cats:v4';
  assert.deepEqual(sentences, [
    `${version} was created.`,
    `${version} was linked.`,
    `${version} was unlinked.`,
    `${version} was given the alias prod.`,
    `${version} was given the tag good.`,
    `${version} lost the tag old.`,
    'The collection cats was given the tag public.',
    'The collection cats lost the tag secret.',
  ]);
});

test('title and text hold variables but no secrets, and both are cut to what Slack takes', () => {
  const [title, text] = shown(message(STATE, { title: '${run_name}\n[${ACCESS_TOKEN}] ${nobody}', message: '$TOKEN' }));
  assert.equal(title, 'ℹ️ INFO *fancy-moon-1 [] ${nobody}*');
  assert.equal(text, '$TOKEN');
  const run = { ...RUN, displayName: '&'.repeat(10_000) };
  const long = message({ ...STATE, run }, { title: '${run_name}', message: '${run_name}' });
  for (const each of shown(long)) assert.ok(each.length <= 3000);
  assert.equal(shown(long)[0], `ℹ️ INFO *${'&amp;'.repeat(29)}…*`);
  assert.ok(long.text.length < 200);
  const [, facts = ''] = shown(message({ ...METRIC, run }));
  assert.match(facts, /^Run (&amp;)+…\nCondition: AVERAGE/, 'a long value leaves room for the others');
});

test('names that Slack would read as mentions or addresses stay as they are', () => {
  for (const block of message(STATE).blocks) {
    const texts = block.type === 'section' ? [block.text] : block.type === 'context' ? block.elements : [];
    for (const text of texts) assert.equal(text && 'verbatim' in text && text.verbatim, true);
  }
});
