import { Link } from '@tanstack/react-router';
import type { Execution } from '../api/list-executions.ts';
import styles from './subject-link.module.css';

/** What an execution is about; a run leads to its page. */
export function SubjectLink({ subject }: Pick<Execution, 'subject'>) {
  const name = subject.name ?? subject.id;
  const [entity, project, run] = subject.path?.split('/') ?? [];
  if (subject.kind !== 'run' || entity === undefined || project === undefined || run === undefined)
    return <span className={styles.subject}>{name}</span>;
  return (
    <Link to="/$entity/$project/runs/$run" params={{ entity, project, run }} className={styles.link}>
      {name}
    </Link>
  );
}
