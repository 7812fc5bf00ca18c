import { useQueryClient } from '@tanstack/react-query';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Page } from '../../components/page.tsx';
import { isMissing } from '../../lib/api/api-error.ts';

/** A page that could not be shown. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => void router.invalidate().then(reset);
  const client = useQueryClient();
  // whoever comes again asks again
  useEffect(() => client.removeQueries({ type: 'inactive', predicate: ({ state }) => state.error !== null }), [client]);
  return (
    <Page title={isMissing(error) ? 'Not found' : 'Something is wrong'} narrow>
      <ErrorPanel error={error} retry={retry} />
    </Page>
  );
}
