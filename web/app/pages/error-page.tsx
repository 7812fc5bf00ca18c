import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Page } from '../../components/page.tsx';
import { ApiError } from '../../lib/api/api-error.ts';

/** A page that could not be shown. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => void router.invalidate().then(reset);
  const missing = error instanceof ApiError && error.status === 404;
  return (
    <Page title={missing ? 'Not found' : 'Something is wrong'} narrow>
      <ErrorPanel error={error} retry={retry} />
    </Page>
  );
}
