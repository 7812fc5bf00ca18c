import { Skeleton } from '@mantine/core';
import styles from './pending-page.module.css';

/** The shape of a page that is on its way. */
export function PendingPage() {
  return (
    <div className={styles.page} aria-busy>
      <Skeleton height={28} width={220} radius="md" />
      <Skeleton height={14} width={320} radius="xl" mt={12} />
      <Skeleton height={320} radius="lg" mt={28} />
    </div>
  );
}
