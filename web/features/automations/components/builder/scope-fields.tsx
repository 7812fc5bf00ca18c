import { NativeSelect } from '@mantine/core';
import { collectionSuggestions, projectSuggestions } from '../../api/suggestions.ts';
import { SuggestedText } from '../suggested-text.tsx';
import styles from './builder.module.css';
import type { Draft } from './draft.ts';
import { errorAt, type Fault } from './fault.ts';

type Scope = Draft['scope'];
type Place = Pick<Draft, 'entity' | 'scope'>;

interface ScopeFieldsProps extends Place {
  readonly entities: readonly string[];
  /** An automation that is saved stays in its entity. */
  readonly saved: boolean;
  readonly fault: Fault | undefined;
  readonly onChange: (place: Partial<Place>) => void;
}

const KINDS: readonly { readonly value: Scope['kind']; readonly label: string }[] = [
  { value: 'entity', label: 'All projects' },
  { value: 'project', label: 'A project or registry' },
  { value: 'collection', label: 'A collection' },
];

/** Where an automation watches, from the entity down. */
export function ScopeFields({ entities, entity, scope, saved, fault, onChange }: ScopeFieldsProps) {
  return (
    <div className={styles.row}>
      <NativeSelect
        label="Team"
        data={[...new Set([...entities, entity])]}
        value={entity}
        disabled={saved}
        error={errorAt(fault, 'entity')}
        onChange={(event) => onChange({ entity: event.currentTarget.value })}
      />
      <NativeSelect
        label="Scope"
        data={[...KINDS]}
        value={scope.kind}
        error={errorAt(fault, 'scope', 'scopeType')}
        onChange={(event) => onChange({ scope: changed(scope, event.currentTarget.value) })}
      />
      {scope.kind !== 'entity' && (
        <SuggestedText
          label="Project"
          value={scope.project}
          error={errorAt(fault, 'project')}
          suggest={(text) => projectSuggestions(entity, text)}
          onChange={(project) => onChange({ scope: { ...scope, project } })}
        />
      )}
      {scope.kind === 'collection' && (
        <SuggestedText
          label="Collection"
          value={scope.collection}
          error={errorAt(fault, 'collection')}
          suggest={(text) => collectionSuggestions(entity, scope.project, text)}
          onChange={(collection) => onChange({ scope: { ...scope, collection } })}
        />
      )}
    </div>
  );
}

function changed(scope: Scope, kind: string): Scope {
  const project = scope.kind === 'entity' ? '' : scope.project;
  switch (kind) {
    case 'project':
      return { kind, project };
    case 'collection':
      return { kind, project, collection: '' };
    default:
      return { kind: 'entity' };
  }
}
