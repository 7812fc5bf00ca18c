import { getRouteApi } from '@tanstack/react-router';
import { parseExecutionId } from '../../../src/model/execution-id.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Page } from '../../components/page.tsx';
import { useViewer } from '../../features/account/api/use-viewer.ts';
import { ExecutionView } from '../../features/executions/components/execution-view.tsx';
import { ApiError } from '../../lib/api/api-error.ts';
import { useLive } from '../../lib/live/use-live.ts';

const route = getRouteApi('/inside/executions/$id');

/** One execution, by the address that messages and the log name: its id tells whose it is. */
export function ExecutionPage() {
  const { id } = route.useParams();
  const { entities } = useViewer();
  const owner = parseExecutionId(id)?.tenantId;
  const entity = entities.find((each) => each.id === owner);
  useLive({ entities: entity === undefined ? [] : [entity.name], execution: id });
  if (entity === undefined) {
    return (
      <Page title="Execution">
        <ErrorPanel error={new ApiError(404, 'None of your teams has this execution')} retry={() => undefined} />
      </Page>
    );
  }
  return <ExecutionView entity={entity.name} id={id} />;
}
