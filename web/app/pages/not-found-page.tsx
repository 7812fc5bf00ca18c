import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <Page title="Not found" narrow>
      <Empty
        icon={SearchX}
        title="This address leads nowhere"
        action={
          <Button component={Link} to="/" variant="default">
            Go home
          </Button>
        }
      >
        It may have been mistyped, or what it led to was renamed or deleted.
      </Empty>
    </Page>
  );
}
