import { isMetricAutomation, type LiveAutomation } from './automation.ts';

/** What a backtest of an automation does not know, in sentences (automations, section 8.3). */
export function backtestLimits(automation: LiveAutomation): readonly string[] {
  const limits = ['It knows what is stored: what was deleted or dropped since is not there.'];
  limits.push('Flood limits are left out: live, very many firings wait for their turn or are skipped.');
  const { filter, event, backfill, settleSeconds } = automation;
  if (backfill.kind === 'ignore') limits.push('Values fire however old they were when they arrived.');
  if (settleSeconds > 0) limits.push('The settle time is left out: each state that a run entered counts.');
  if (isMetricAutomation(automation) && filter.fields.size > 0) {
    const fields = [...filter.fields].join(', ');
    limits.push(`The run filter sees runs as they are now: ${fields} may have been different then.`);
  }
  if (event.type === 'ADD_ARTIFACT_TAG' || event.type === 'REMOVE_ARTIFACT_TAG') {
    limits.push('A tag of a version is recorded at its first place only, and further ones where an automation fired.');
  }
  if (automation.scope.kind === 'collection') {
    limits.push('Events from before the collection was renamed are not found.');
  }
  return limits;
}
