import { asText } from '../template/expressions.ts';
import { renderText } from '../template/render.ts';
import type { Variables } from '../template/template.ts';
import { blockChart } from './block-chart.ts';
import type { Notification } from './notification.ts';
import { type SlackMessage, slackMessage } from './slack-message.ts';
import { escapeText, link } from './slack-text.ts';

/** What a notification tells of an event. */
export interface Happening {
  readonly variables: Variables;
  /** What happened, as a template over the variables. */
  readonly sentence: string;
  /** What the event says by itself, instead of what the notification is set to say; nothing in it is replaced. */
  readonly words: (Pick<Notification, 'title' | 'severity'> & { readonly text: string }) | undefined;
  /** What a metric's condition was judged by, newest last. */
  readonly values: readonly number[];
  /** The execution's page. */
  readonly executionUrl: string;
}

/**
 * The message of a notification, once for all attempts of an execution. Values are escaped, what its author wrote is
 * not: a run's name calls nobody, `<@U123>` in a title does (automations, section 4.7).
 *
 * @throws TriplineError too_large when values are larger than any message
 */
export function renderNotification(
  { title, message, severity }: Pick<Notification, 'title' | 'message' | 'severity'>,
  happening: Happening,
): SlackMessage {
  const written = (source: string) => renderText(source, happening.variables, { write: escapeText });
  const own = written(title);
  const said = happening.words ?? {
    severity,
    title: own.trim() === '' ? written('${automation_name}') : own,
    text: written(message),
  };
  return slackMessage({
    ...said,
    facts: [written(happening.sentence), ...metricFacts(happening, written)],
    context: [written('by ${event_author}'), written(whereOf(happening)), ...links(happening)],
  });
}

/** What happens to an entity as a whole has no project. */
function whereOf({ variables }: Happening): string {
  return variables.lookup('project_name') === '' ? '${entity_name}' : '${entity_name}/${project_name}';
}

function metricFacts({ variables, values }: Happening, written: (source: string) => string): readonly string[] {
  if (variables.lookup('metric_name') === undefined) return [];
  const chart = blockChart(values);
  return [
    written('Condition: ${metric_filter}'),
    written('Value: ${metric_current_status}'),
    ...(chart === undefined ? [] : [`\`${chart}\``]),
  ];
}

function links({ variables, executionUrl }: Happening): readonly string[] {
  const about = (name: string, words: string) => {
    const url = asText({ value: variables.lookup(name), typed: false });
    return url === '' ? [] : [link(url, words)];
  };
  return [
    ...about('run_url', 'Run'),
    ...about('artifact_url', 'Artifact'),
    ...about('automation_url', 'Automation'),
    link(executionUrl, 'Execution'),
  ];
}
