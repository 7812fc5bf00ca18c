import { Link } from '@tanstack/react-router';
import styles from '../../../components/text-link.module.css';
import type { ArtifactVersion } from '../api/list-versions.ts';

/** The run that logged a version. */
export function SourceRun({ run }: { readonly run: NonNullable<ArtifactVersion['run']> }) {
  const { entity, project, id, name } = run;
  return (
    <Link to="/$entity/$project/runs/$run" params={{ entity, project, run: id }} className={styles.link}>
      {name}
    </Link>
  );
}
