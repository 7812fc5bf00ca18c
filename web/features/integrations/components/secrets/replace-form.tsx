import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { FormFault } from '../../../../components/form-fault.tsx';
import { fieldFaults } from '../../../../lib/api/field-faults.ts';
import { useRotateSecret } from '../../api/secrets.ts';
import { submitting } from '../shared/submitting.ts';
import { ValueInput } from './secret-form.tsx';
import { told } from './told.ts';

const OVERLAPS = [
  { value: '0', label: 'At once' },
  { value: '1', label: 'After one hour' },
  { value: '24', label: 'After one day' },
  { value: '72', label: 'After three days' },
] as const;

interface ReplaceFormProps {
  readonly entity: string;
  readonly name: string;
  readonly onReplaced: () => void;
}

/** Another value for a secret; the old one may sign beside it for a while. */
export function ReplaceForm({ entity, name, onReplaced }: ReplaceFormProps) {
  const [value, setValue] = useState('');
  const [overlap, setOverlap] = useState('0');
  const rotation = useRotateSecret(entity, name);
  const faults = fieldFaults(rotation.error, ['value', 'overlapHours']);
  const replace = () =>
    rotation.mutate(
      { value, overlapHours: Number(overlap) },
      {
        onSuccess: ({ notices }) => {
          told(`The value of ${name} is replaced.`, notices);
          onReplaced();
        },
      },
    );
  return (
    <form onSubmit={submitting(replace)} noValidate>
      <Stack>
        <ValueInput value={value} error={faults.at('value')} onChange={setValue} autoFocus />
        <NativeSelect
          label="The old value stops signing"
          description="Deliveries are signed with both until then. As an access token it stops at once."
          data={OVERLAPS}
          value={overlap}
          error={faults.at('overlapHours')}
          onChange={({ currentTarget }) => setOverlap(currentTarget.value)}
        />
        <FormFault message={faults.whole} />
        <Group justify="flex-end">
          <Button type="submit" loading={rotation.isPending} disabled={value === ''}>
            Replace value
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
