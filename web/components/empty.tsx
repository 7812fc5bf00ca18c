import { Title } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './empty.module.css';

interface EmptyProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** What it is that is missing here, and how one gets it. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** Where there is nothing yet. */
export function Empty({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <span className={styles.icon}>
        <Icon size={22} strokeWidth={1.75} aria-hidden />
      </span>
      <Title order={2} className={styles.title}>
        {title}
      </Title>
      <div className={styles.words}>{children}</div>
      {action}
    </div>
  );
}
