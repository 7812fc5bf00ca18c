import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { useHasNoAutomations } from '../api/has-automations.ts';
import styles from './offer.module.css';

/** Leads whoever has no automation yet to their first one. */
export function FirstRunOffer({ entities }: { readonly entities: readonly string[] }) {
  if (!useHasNoAutomations(entities)) return null;
  return (
    <aside className={styles.offer}>
      <p>
        <strong>No automation watches your runs yet.</strong> See one fire in under two minutes.
      </p>
      <FirstRunButton />
    </aside>
  );
}

/** The way to the first steps. */
export function FirstRunButton() {
  return (
    <Button rightSection={<ArrowRight size={16} />} renderRoot={(props) => <Link to="/welcome" {...props} />}>
      Take the first steps
    </Button>
  );
}
