import type { Automation } from '../../api/list-automations.ts';
import type { ActionDraft, Draft, EventDraft, OptionsDraft } from './draft.ts';
import { DEFAULT_OPTIONS } from './empty-draft.ts';
import { artifactsOf, runsOf } from './filters.ts';

/** A saved automation as the form shows it. */
export function draftOf(automation: Automation): Draft {
  const { name, description, enabled, entity, scope } = automation;
  return {
    ...{ name, description: description ?? '', enabled, entity, scope },
    event: eventDraft(automation.event),
    action: actionDraft(automation.action),
    options: optionsDraft(automation),
  };
}

/** A copy to be saved beside it: switched off, so that nothing is sent twice. */
export function copyOf(automation: Automation): Draft {
  return { ...draftOf(automation), name: `${automation.name} (copy)`, enabled: false };
}

function eventDraft(event: Automation['event']): EventDraft {
  switch (event.type) {
    case 'RUN_METRIC': {
      const { runFilter, aggregation, window, threshold, ...same } = event;
      const texts = { window: String(window), threshold: String(threshold) };
      return { ...same, aggregation: aggregation ?? 'NONE', ...texts, runs: runsOf(runFilter) };
    }
    case 'RUN_METRIC_CHANGE': {
      const { runFilter, aggregation, currentWindow, priorWindow, amount, ...same } = event;
      const windows = { currentWindow: String(currentWindow), priorWindow: String(priorWindow) };
      return {
        ...same,
        aggregation: aggregation ?? 'NONE',
        ...windows,
        amount: String(amount),
        runs: runsOf(runFilter),
      };
    }
    case 'RUN_METRIC_ZSCORE': {
      const { runFilter, window, threshold, ...same } = event;
      return { ...same, window: String(window), threshold: String(threshold), runs: runsOf(runFilter) };
    }
    case 'RUN_STATE':
      return { type: event.type, states: event.states, runs: runsOf(event.runFilter) };
    default:
      return { type: event.type, artifacts: artifactsOf(event.type, event.filter) };
  }
}

function actionDraft(action: Automation['action']): ActionDraft {
  if (action.type !== 'GENERIC_WEBHOOK') return action;
  const { payload, ...same } = action;
  return { ...same, payload: payload === null ? '' : JSON.stringify(payload, null, 2) };
}

function optionsDraft({ policy, settleSeconds, backfill, dryRun, floodLimits }: Automation): OptionsDraft {
  const floods = Object.entries(floodLimits ?? {}).map(([name, value]) => [name, String(value)]);
  return {
    ...DEFAULT_OPTIONS,
    policy: policy.kind,
    ...(policy.kind === 'cooldown' ? { cooldownSeconds: String(policy.seconds) } : {}),
    settleSeconds: String(settleSeconds),
    ignoreOlderThan: backfill.kind === 'ignore' ? String(backfill.olderThanSeconds) : '',
    dryRun,
    ...Object.fromEntries(floods),
  };
}
