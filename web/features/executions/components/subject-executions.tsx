import { useInfiniteQuery } from '@tanstack/react-query';
import { Zap } from 'lucide-react';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { type Subject, subjectExecutionsQuery } from '../api/subject-executions.ts';
import { ExecutionTable } from './execution-table.tsx';

/** The automations that a run, a version, or a collection and its versions triggered. */
export function SubjectExecutions({ subject }: { readonly subject: Subject }) {
  const list = useInfiniteQuery(subjectExecutionsQuery(subject));
  if (list.error !== null && list.data === undefined) return <ErrorPanel error={list.error} retry={list.refetch} />;
  const empty = (
    <Empty icon={Zap} title={`This ${subject.kind} has triggered nothing`}>
      When an automation answers to it, what it did stands here.
    </Empty>
  );
  return (
    <>
      <ExecutionTable
        label="Triggered automations"
        rows={list.data?.rows}
        empty={empty}
        subjects={subject.kind === 'collection'}
      />
      <MoreButton list={list} />
    </>
  );
}
