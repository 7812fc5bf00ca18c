import { useInfiniteQuery } from '@tanstack/react-query';
import { Zap } from 'lucide-react';
import { Empty } from '../../../components/empty.tsx';
import { ErrorPanel } from '../../../components/error-panel.tsx';
import { MoreButton } from '../../../components/more-button.tsx';
import { runExecutionsQuery } from '../api/list-executions.ts';
import { ExecutionTable } from './execution-table.tsx';

interface RunExecutionsProps {
  readonly entity: string;
  readonly project: string;
  readonly run: string;
}

/** The automations that a run triggered. */
export function RunExecutions({ entity, project, run }: RunExecutionsProps) {
  const list = useInfiniteQuery(runExecutionsQuery(entity, project, run));
  if (list.error !== null && list.data === undefined) return <ErrorPanel error={list.error} retry={list.refetch} />;
  const empty = (
    <Empty icon={Zap} title="This run has triggered nothing">
      When an automation answers this run, what it did stands here.
    </Empty>
  );
  return (
    <>
      <ExecutionTable label="Triggered automations" rows={list.data?.rows} empty={empty} subjects={false} />
      <MoreButton list={list} />
    </>
  );
}
