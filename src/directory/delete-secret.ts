import { demand } from '../access/demand.ts';
import { conflict, notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import type { Ground } from '../store/ground.ts';
import { removeSecret, type Secret, secretByName } from '../store/secrets.ts';
import { enumerated } from './enumerated.ts';
import type { EntityPlace } from './find-entity.ts';

/**
 * Deletes a secret for good; for the entity's admins. Webhooks keep its name: what they deliver fails until there is
 * a secret of that name again (automations, section 5).
 *
 * @param how.force although webhooks use it
 * @throws TriplineError forbidden, not_found, conflict that names the webhooks and the automations behind them
 */
export async function deleteSecret(
  ground: Pick<Ground, 'database' | 'clock'>,
  viewer: Viewer,
  entity: EntityPlace,
  name: string,
  how: { readonly force: boolean },
): Promise<void> {
  demand(viewer, 'manage_integrations', entity, `entity '${entity.name}'`);
  await ground.database.transaction(async (tx) => {
    const secret = await secretByName(tx, entity.tenantId, name);
    if (secret !== undefined && secret.usedBy.length > 0 && !how.force) throw inUse(secret, entity);
    if (!(await removeSecret(tx, entity.tenantId, name))) throw notFound(`secret '${name}' not found`);
    const before = { version: secret?.version ?? null, usedBy: secret?.usedBy ?? [], forced: how.force };
    const [tenantId, now, subject] = [entity.tenantId, ground.clock.now(), { kind: 'secret', id: name, name }];
    await recordDeed(tx, viewer, { now, tenantId, deed: 'secret.deleted', subject, before });
  });
}

function inUse({ name, usedBy, automations }: Secret, entity: EntityPlace) {
  const own = automations.filter((automation) => automation.entity === entity.name);
  const behind = [
    ...(own.length > 0 ? [`${kindOf('automation', own)} ${enumerated(own.map(({ name }) => `'${name}'`))}`] : []),
    ...(own.length < automations.length ? [elsewhere(automations.length - own.length)] : []),
  ];
  const through = behind.length > 0 ? `, and through it by ${behind.join(' and ')}` : '';
  return conflict(
    `secret '${name}' is used by ${kindOf('webhook', usedBy)} ${enumerated(usedBy.map((user) => `'${user}'`))}${through}; deliveries would fail: delete it with force all the same`,
  );
}

const elsewhere = (count: number): string =>
  count === 1 ? '1 automation of another entity' : `${count} automations of other entities`;
const kindOf = (word: string, users: readonly unknown[]): string => (users.length === 1 ? word : `${word}s`);
