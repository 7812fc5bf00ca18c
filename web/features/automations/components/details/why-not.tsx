import { Alert, Button } from '@mantine/core';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { Panel } from '../../../../components/panel.tsx';
import { messageOf } from '../../../../lib/api/api-error.ts';
import type { WhyNot as Answer } from '../../../../lib/api/generated.ts';
import type { Automation } from '../../api/list-automations.ts';
import { pathSuggestions } from '../../api/suggestions.ts';
import { useWhyNot } from '../../api/why-not.ts';
import { SuggestedText } from '../suggested-text.tsx';
import styles from './details.module.css';

interface WhyNotProps {
  readonly automation: Automation;
  /** Path of a run or version that is asked about at once. */
  readonly about?: string | undefined;
}

/** Asks why the automation did not fire for a run or a version, and answers in words. */
export function WhyNot({ automation, about }: WhyNotProps) {
  const runs = 'runFilter' in automation.event;
  const { mutate, ...asking } = useWhyNot(automation);
  const [path, setPath] = useState(about ?? beginning(automation));
  const ask = useCallback((of: string) => mutate(runs ? { run: of.trim() } : { version: of.trim() }), [mutate, runs]);
  useEffect(() => {
    if (about !== undefined) ask(about);
  }, [about, ask]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask(path);
  };
  return (
    <Panel>
      <form onSubmit={submit} className={styles.bar}>
        <SuggestedText
          className={styles.grow}
          label={runs ? 'Run' : 'Version'}
          placeholder={runs ? 'team/project/run id' : 'team/project/collection:v3'}
          value={path}
          suggest={(text) => pathSuggestions(runs ? 'run' : 'version', text)}
          onChange={setPath}
        />
        <Button type="submit" variant="default" loading={asking.isPending}>
          Why did it not fire?
        </Button>
      </form>
      <div aria-live="polite">
        {asking.error !== null && (
          <Alert color="red" variant="light" mt="md">
            {messageOf(asking.error)}
          </Alert>
        )}
        {asking.data !== undefined && <Words answer={asking.data} />}
      </div>
    </Panel>
  );
}

function Words({ answer: { words, metric, filter, limits } }: { readonly answer: Answer }) {
  const nearest = metric?.nearest ?? null;
  return (
    <div className={styles.answer}>
      <p className={styles.sentence}>{words}</p>
      <ul>
        {metric !== null && (
          <li>
            Window: {metric.window.has} of {metric.window.needs}
          </li>
        )}
        {nearest !== null && (
          <li>
            Nearest: {nearest.words}
            {nearest.step !== null && ` at step ${nearest.step}`}
          </li>
        )}
        {filter !== null && <li>Filter: {filter.deciding}</li>}
        {limits.map((limit) => (
          <li key={limit.kind}>{limit.words}</li>
        ))}
      </ul>
    </div>
  );
}

/** What the path surely begins with. */
function beginning({ entity, scope }: Automation): string {
  switch (scope.kind) {
    case 'entity':
      return `${entity}/`;
    case 'project':
      return `${entity}/${scope.project}/`;
    case 'collection':
      return `${entity}/${scope.project}/${scope.collection}:`;
  }
}
