import { Panel } from '../../../../components/panel.tsx';
import type { Automation } from '../../api/list-automations.ts';
import { Trial } from '../trial/trial.tsx';

/** A saved automation tried on what happened. */
export function TestPanel({ automation }: { readonly automation: Automation }) {
  const { name, entity, scope, event, action } = automation;
  return (
    <Panel>
      <Trial entity={entity} sketch={{ name, scope, event, action }} />
    </Panel>
  );
}
