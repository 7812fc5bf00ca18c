import { Badge } from '@mantine/core';
import styles from './labels.module.css';

interface LabelsProps {
  readonly aliases?: readonly string[];
  readonly tags?: readonly string[];
}

/** Aliases, which one version of a collection holds, and tags, which any number may have. */
export function Labels({ aliases = [], tags = [] }: LabelsProps) {
  if (aliases.length + tags.length === 0) return null;
  return (
    <span className={styles.labels}>
      {aliases.map((alias) => (
        <Badge key={alias} variant="light" size="sm" className={styles.label ?? ''}>
          {alias}
        </Badge>
      ))}
      {tags.map((tag) => (
        <Badge key={tag} variant="default" size="sm" className={styles.label ?? ''}>
          {tag}
        </Badge>
      ))}
    </span>
  );
}
