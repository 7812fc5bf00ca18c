import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';

/** Leads to a new automation, of where one stands. */
export function NewButton(place: { readonly entity?: string; readonly project?: string }) {
  return (
    <Button
      leftSection={<Plus size={16} />}
      renderRoot={(props) => <Link {...props} to="/automations/new" search={place} />}
    >
      New automation
    </Button>
  );
}
