import { Stack, Switch } from '@mantine/core';
import { type Secret, useChangeSecretAccess } from '../../api/secrets.ts';

const FLAGS = [
  {
    flag: 'webhooks',
    label: 'Webhooks',
    description: 'As access token, for signatures and in payloads. Off: webhooks that name it deliver nothing.',
  },
  {
    flag: 'headerTemplates',
    label: 'Further headers of webhooks',
    description: 'Off: their values do not hold it.',
  },
] as const;

/** Which features may read a secret; each switch counts at once. */
export function AccessForm({ entity, secret: { name, access } }: { readonly entity: string; readonly secret: Secret }) {
  const change = useChangeSecretAccess(entity, name);
  return (
    <Stack>
      {FLAGS.map(({ flag, label, description }) => (
        <Switch
          key={flag}
          label={label}
          description={description}
          checked={access[flag]}
          disabled={change.isPending}
          onChange={({ currentTarget }) => change.mutate({ [flag]: currentTarget.checked })}
        />
      ))}
    </Stack>
  );
}
