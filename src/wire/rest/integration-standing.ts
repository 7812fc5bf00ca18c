import { z } from 'zod';
import type { IntegrationStanding } from '../../store/integration-standings.ts';
import { instant, isoInstant } from './schemas.ts';

export const integrationStanding = z
  .object({
    automations: z.int().describe('that deliver to it, those that you may not see among them'),
    alerts: z.int().describe('alert settings that name it'),
    lastDelivery: z
      .object({
        at: instant.describe('to the minute'),
        outcome: z.enum(['done', 'never', 'not_before']).describe('never: not tried again; not_before: retried'),
        status: z.int().nullable().describe('HTTP status of the answer; null when there was none'),
        fault: z.string().nullable().describe('class of the error, as attempts have it'),
      })
      .nullable()
      .describe('what came of the newest attempt; tests do not count'),
    failing: z
      .object({ since: instant, executions: z.int() })
      .nullable()
      .describe('executions that failed since the last one that was delivered'),
    heldUntil: instant.nullable().describe('before which its receiver asked for nothing more'),
  })
  .meta({ id: 'IntegrationStanding' });

const UNUSED: IntegrationStanding = { automations: 0, alerts: 0, lastDelivery: null, failing: null, heldUntil: null };

export function toStanding(standing: IntegrationStanding = UNUSED): z.output<typeof integrationStanding> {
  const { lastDelivery: last, failing, heldUntil, ...uses } = standing;
  return {
    ...uses,
    lastDelivery: last === null ? null : { ...last, at: isoInstant(last.at) },
    failing: failing === null ? null : { since: isoInstant(failing.since), executions: failing.failed },
    heldUntil: heldUntil === null ? null : isoInstant(heldUntil),
  };
}
