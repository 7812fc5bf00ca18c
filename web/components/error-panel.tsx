import { Button } from '@mantine/core';
import { CloudOff, Lock, SearchX } from 'lucide-react';
import { ApiError, isMisnamed, isMissing, messageOf } from '../lib/api/api-error.ts';
import { Empty } from './empty.tsx';

/** What was asked for and could not be shown, with the way on. */
export function ErrorPanel({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const status = error instanceof ApiError ? error.status : undefined;
  const again = (
    <Button variant="default" onClick={retry}>
      Try again
    </Button>
  );
  if (isMissing(error)) {
    return (
      <Empty icon={SearchX} title="There is nothing here">
        {isMisnamed(error)
          ? 'Nothing can have the name or id in this address: it may have been mistyped.'
          : `${messageOf(error)} It may have been renamed or deleted, or you may not be allowed to see it.`}
      </Empty>
    );
  }
  if (status === 403) {
    return (
      <Empty icon={Lock} title="This is not for you">
        {messageOf(error)} An admin of the team can change that.
      </Empty>
    );
  }
  return (
    <Empty icon={CloudOff} title="This could not be loaded" action={again}>
      {messageOf(error)}
    </Empty>
  );
}
