import { Link } from '@tanstack/react-router';
import styles from '../../../components/text-link.module.css';
import type { Execution } from '../api/list-executions.ts';
import { pageOf } from './page-of.ts';

/** What an execution is about; runs and artifacts lead to their pages. */
export function SubjectLink({ subject }: Pick<Execution, 'subject'>) {
  const name = subject.name ?? subject.id;
  const page = pageOf(subject);
  if (page === undefined) return <span>{name}</span>;
  return (
    <Link to={page} className={styles.link}>
      {name}
    </Link>
  );
}
