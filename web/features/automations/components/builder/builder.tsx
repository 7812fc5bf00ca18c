import { Alert, Button, Group } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Panel } from '../../../../components/panel.tsx';
import { tellDone } from '../../../../lib/notices.ts';
import type { Automation } from '../../api/list-automations.ts';
import { useSaveAutomation } from '../../api/save-automation.ts';
import { ActionStep } from './action-step.tsx';
import { bodyOf, patchOf } from './body-of.ts';
import styles from './builder.module.css';
import { readEvent, shortWords } from './check-event.ts';
import { DetailsStep } from './details-step.tsx';
import type { Draft } from './draft.ts';
import { EventStep } from './event-step.tsx';
import { type Fault, faultOf, STEPS, type Step } from './fault.ts';
import { Summary } from './summary.tsx';
import { useDraft } from './use-draft.ts';

interface BuilderProps {
  /** Names the draft that is kept. */
  readonly place: string;
  readonly first: Draft;
  /** The automation that is edited; absent for a new one. */
  readonly id?: string;
  readonly entities: readonly string[];
  readonly step: Step;
  readonly onStep: (step: Step) => void;
  readonly onSaved: (automation: Automation) => void;
}

const TITLES = { event: 'Event', action: 'Action', details: 'Details' } as const;

/** Makes or edits an automation: event, action, details. */
export function Builder({ place, first, id, entities, step, onStep, onSaved }: BuilderProps) {
  const { draft, edit, forget, changed } = useDraft(place, first);
  const [fault, setFault] = useState<Fault>();
  const saving = useSaveAutomation(draft.entity);
  const change = (part: Partial<Draft>): void => {
    setFault(undefined);
    edit(part);
  };
  const refuse = (error: unknown): void => {
    const found = faultOf(error);
    setFault(found);
    if (found.step !== undefined) onStep(found.step);
  };
  const go = (to: Step): void => {
    if (to === 'details' && draft.name === '') edit({ name: (shortWords(draft.event) ?? '').slice(0, 255) });
    onStep(to);
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setFault(undefined);
    try {
      readEvent(draft.event);
      if (step !== 'details') return go(step === 'event' ? 'action' : 'details');
      const saved = await saving.mutateAsync(
        id === undefined ? { body: bodyOf(draft) } : { automation: id, patch: patchOf(draft, first) },
      );
      forget();
      tellDone(`“${saved.name}” is saved.`);
      onSaved(saved);
    } catch (error) {
      refuse(error);
    }
  };
  const shown = { draft, fault, edit: change };
  return (
    <div className={styles.layout}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Steps step={step} onStep={go} />
        <Panel>
          {step === 'event' && <EventStep {...shown} entities={entities} saved={id !== undefined} />}
          {step === 'action' && <ActionStep {...shown} entities={entities} />}
          {step === 'details' && <DetailsStep {...shown} />}
          {fault !== undefined && fault.step === undefined && (
            <Alert color="red" variant="light" mt="md">
              {fault.message}
            </Alert>
          )}
          <Group justify="space-between" mt="lg">
            {changed ? (
              <Button variant="subtle" color="gray" onClick={forget}>
                Discard draft
              </Button>
            ) : (
              <span />
            )}
            <Button type="submit" loading={saving.isPending}>
              {step === 'details' ? (id === undefined ? 'Create automation' : 'Save changes') : 'Next step'}
            </Button>
          </Group>
        </Panel>
      </form>
      <Summary draft={draft} />
    </div>
  );
}

function Steps({ step, onStep }: Pick<BuilderProps, 'step' | 'onStep'>) {
  return (
    <ol className={styles.steps}>
      {STEPS.map((each, index) => (
        <li key={each}>
          <button
            type="button"
            className={styles.step}
            aria-current={each === step ? 'step' : undefined}
            onClick={() => onStep(each)}
          >
            <span className={styles.number}>{index + 1}</span>
            {TITLES[each]}
          </button>
        </li>
      ))}
    </ol>
  );
}
