import { Chip, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { isInternalType } from '../../../../src/model/internal-artifact.ts';
import { typesQuery } from '../api/list-types.ts';

interface TypeFilterProps {
  readonly entity: string;
  readonly project: string;
  readonly type: string | undefined;
  readonly onChange: (type: string | undefined) => void;
}

const ALL = '';

/** The types of artifacts that there are, to choose one; those that clients log by themselves come last. */
export function TypeFilter({ entity, project, type, onChange }: TypeFilterProps) {
  const { data = [] } = useQuery(typesQuery(entity, project));
  // what the address names may be gone by now, and is still a condition
  const names = [...new Set([...data, ...(type === undefined ? [] : [type])])];
  const ordered = names.toSorted((one, other) => Number(isInternalType(one)) - Number(isInternalType(other)));
  if (names.length < 2) return null;
  return (
    <Chip.Group value={type ?? ALL} onChange={(chosen: string) => onChange(chosen === ALL ? undefined : chosen)}>
      <Group gap="xs" mb="md" role="radiogroup" aria-label="Type">
        {[ALL, ...ordered].map((name) => (
          <Chip key={name} value={name} size="xs">
            {name === ALL ? 'All types' : name}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
