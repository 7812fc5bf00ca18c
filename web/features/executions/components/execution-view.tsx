import { useQuery } from '@tanstack/react-query';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Page, Section } from '../../../components/page.tsx';
import { Time } from '../../../components/time.tsx';
import { count } from '../../../lib/words.ts';
import { type ExecutionDetails, executionQuery } from '../api/get-execution.ts';
import { DeedButtons } from './deed-buttons.tsx';
import { ExecutionLoading } from './execution-loading.tsx';
import { ExecutionParts } from './execution-parts.tsx';
import { ExecutionStatus } from './execution-status.tsx';
import { ExecutionTimeline } from './execution-timeline.tsx';
import { reasonWords } from './reason-words.ts';
import { SubjectLink } from './subject-link.tsx';

/** One execution: how it stands, how it came to it, and everything that was said. */
export function ExecutionView({ entity, id }: { readonly entity: string; readonly id: string }) {
  const { data: execution, error, refetch } = useQuery(executionQuery(entity, id));
  if (execution === undefined) {
    return (
      <Page title="Execution" within={[entity]}>
        {error === null ? <ExecutionLoading /> : <ErrorPanel error={error} retry={refetch} />}
      </Page>
    );
  }
  return (
    <Page
      title={execution.automation?.name ?? 'Alert'}
      within={['Execution', entity]}
      lead={<StatusLine execution={execution} />}
      actions={<DeedButtons execution={execution} />}
    >
      <ExecutionFacts execution={execution} />
      <Section title="What happened">
        <ExecutionTimeline execution={execution} />
      </Section>
      <Section title="In detail">
        <ExecutionParts execution={execution} />
      </Section>
    </Page>
  );
}

function StatusLine({ execution }: { readonly execution: ExecutionDetails }) {
  const { status, reason, cancelledBy, attempts, nextAttemptAt } = execution;
  const tried = attempts.at(-1)?.number ?? 0;
  return (
    <>
      <ExecutionStatus status={status} />
      {reason !== null && ` · ${reasonWords(reason)}`}
      {cancelledBy !== null && ` · by ${cancelledBy}`}
      {tried > 0 && ` · ${count(tried, 'attempt')}`}
      {nextAttemptAt !== null && (
        <>
          {' · next '}
          <Time at={nextAttemptAt} />
        </>
      )}
    </>
  );
}

function ExecutionFacts({ execution }: { readonly execution: ExecutionDetails }) {
  const { id, entity, project, subject, author, createdAt, repeats, lastRepeatAt } = execution;
  const held = lastRepeatAt !== null && (
    <>
      {count(repeats, 'more time')}, last <Time at={lastRepeatAt} />
    </>
  );
  return (
    <Facts
      facts={[
        ['About', <SubjectLink key="subject" subject={subject} />],
        ['In', project === null ? entity : `${entity} / ${project}`],
        ['Author', author],
        ['Created', <Time key="created" at={createdAt} />],
        ['Held', repeats > 0 ? held : null],
        ['Id', <code key="id">{id}</code>],
      ]}
    />
  );
}
