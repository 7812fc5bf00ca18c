import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTitle } from '../lib/use-title.ts';
import styles from './page.module.css';

interface PageProps {
  readonly title: string;
  /** In the browser's tab after the title, for instance the project's entity. */
  readonly within?: readonly string[];
  /** One line below the title. */
  readonly lead?: ReactNode;
  /** Beside the title. */
  readonly mark?: ReactNode;
  readonly actions?: ReactNode;
  /** Narrow pages are read, wide ones are tables. */
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

/** A page: its title, what can be done there, its content. */
export function Page({ title, within = [], lead, mark, actions, narrow = false, children }: PageProps) {
  useTitle(title, ...within);
  return (
    <div className={styles.page} data-narrow={narrow}>
      <header className={styles.head}>
        <div className={styles.words}>
          <Title order={1} className={styles.title}>
            {mark}
            {title}
          </Title>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page with a heading of its own. */
export function Section(props: {
  readonly title: string;
  readonly mark?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.section}>
      <header className={styles.head}>
        <div className={styles.words}>
          <Title order={2} className={styles.title}>
            {props.mark}
            {props.title}
          </Title>
          {props.lead !== undefined && <p className={styles.lead}>{props.lead}</p>}
        </div>
        {props.actions !== undefined && <div className={styles.actions}>{props.actions}</div>}
      </header>
      {props.children}
    </section>
  );
}
