import type { AutomationPatchInput, NewAutomationInput } from '../../../../lib/api/generated.ts';
import type { ActionDraft, Draft, EventDraft, OptionsDraft } from './draft.ts';
import { Fault } from './fault.ts';
import { artifactFilterOf, objectIn, runFilterOf } from './filters.ts';

/** What the server is sent. @throws Fault where a text is no number or no JSON */
export function bodyOf(draft: Draft): NewAutomationInput {
  const { name, description, enabled, scope } = draft;
  return {
    name: name.trim(),
    description: description.trim() === '' ? null : description.trim(),
    enabled,
    scope,
    event: eventOf(draft.event),
    action: actionOf(draft.action),
    ...optionsOf(draft.options, draft.event),
  };
}

/**
 * Only what was changed of an automation: a filter that was not touched stays as it was written.
 *
 * @param first the draft as the automation gave it
 * @throws Fault where a text is no number or no JSON
 */
export function patchOf(draft: Draft, first: Draft): AutomationPatchInput {
  const { name, description, enabled, scope, event, action, ...options } = bodyOf(draft);
  const isChanged = (part: keyof Draft) => JSON.stringify(draft[part]) !== JSON.stringify(first[part]);
  return {
    ...(isChanged('name') ? { name } : {}),
    ...(isChanged('description') ? { description } : {}),
    ...(isChanged('enabled') ? { enabled } : {}),
    ...(isChanged('scope') ? { scope } : {}),
    ...(isChanged('event') ? { event } : {}),
    ...(isChanged('action') ? { action } : {}),
    ...(isChanged('options') || draft.event.type !== first.event.type ? options : {}),
  };
}

/** @throws Fault where a text is no number or no JSON */
export function eventOf(event: EventDraft): NewAutomationInput['event'] {
  switch (event.type) {
    case 'RUN_METRIC': {
      const { runs, aggregation, window, threshold, ...same } = event;
      const measured = { ...aggregated(aggregation), window: aggregation === 'NONE' ? 1 : numberIn(window, 'window') };
      return { ...same, runFilter: runFilterOf(runs), ...measured, threshold: numberIn(threshold, 'threshold') };
    }
    case 'RUN_METRIC_CHANGE': {
      const { runs, aggregation, currentWindow, priorWindow, amount, ...same } = event;
      const alone = aggregation === 'NONE';
      return {
        ...same,
        runFilter: runFilterOf(runs),
        ...aggregated(aggregation),
        currentWindow: alone ? 1 : numberIn(currentWindow, 'currentWindow'),
        priorWindow: alone ? 1 : numberIn(priorWindow, 'priorWindow'),
        amount: numberIn(amount, 'amount'),
      };
    }
    case 'RUN_METRIC_ZSCORE': {
      const { runs, window, threshold, ...same } = event;
      const numbers = { window: numberIn(window, 'window'), threshold: numberIn(threshold, 'threshold') };
      return { ...same, runFilter: runFilterOf(runs), ...numbers };
    }
    case 'RUN_STATE':
      return { type: event.type, runFilter: runFilterOf(event.runs), states: event.states };
    default:
      return { type: event.type, filter: artifactFilterOf(event) };
  }
}

function aggregated(aggregation: 'NONE' | 'AVERAGE' | 'MIN' | 'MAX') {
  return { aggregation: aggregation === 'NONE' ? null : aggregation };
}

function actionOf(action: ActionDraft): NewAutomationInput['action'] {
  if (action.type === 'NO_OP') return action;
  if (action.integrationId === '') {
    const what = action.type === 'NOTIFICATION' ? 'a Slack channel' : 'a webhook';
    throw new Fault('integrationId', `Choose ${what}.`);
  }
  if (action.type === 'NOTIFICATION') return action;
  return { ...action, payload: action.payload.trim() === '' ? null : objectIn(action.payload, 'payload') };
}

function optionsOf(options: OptionsDraft, event: EventDraft) {
  const { policy, cooldownSeconds, settleSeconds, ignoreOlderThan, dryRun } = options;
  const floods = (['atOnce', 'perMinute', 'waiting', 'perDay'] as const)
    .filter((name) => options[name] !== '')
    .map((name) => [name, numberIn(options[name], name)] as const);
  const settles = event.type === 'RUN_STATE';
  return {
    policy:
      policy === 'cooldown'
        ? { kind: policy, seconds: numberIn(cooldownSeconds, 'seconds') }
        : ({ kind: policy } as const),
    settleSeconds: settles ? numberIn(settleSeconds || '0', 'settleSeconds') : 0,
    backfill:
      'metric' in event && ignoreOlderThan !== ''
        ? ({ kind: 'ignore', olderThanSeconds: numberIn(ignoreOlderThan, 'olderThanSeconds') } as const)
        : ({ kind: 'fire' } as const),
    dryRun,
    floodLimits: floods.length === 0 ? null : Object.fromEntries(floods),
  };
}

function numberIn(text: string, field: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number)) return number;
  throw new Fault(field, text.trim() === '' ? 'A number is needed.' : `'${text}' is not a number.`);
}
