import type { RunState } from '../events/run-state.ts';
import type { ReportedState } from '../model/run-state.ts';
import type { LiveAutomation } from './automation.ts';
import type { RunPlan } from './run-plan.ts';

/** The automations that a run fires by entering a state. There is no limit of once in 24 hours: each real change fires. */
export function stateFirings(
  plan: RunPlan,
  reported: ReportedState,
  matchesRun: (automation: LiveAutomation<RunState>) => boolean,
): readonly LiveAutomation<RunState>[] {
  const watching = plan.listeners('RUN_STATE').filter(({ event }) => event.states.includes(reported));
  return watching.filter(matchesRun);
}
