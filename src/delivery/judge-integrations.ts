import { isHopeless } from '../engine/webhook-health.ts';
import type { CapturedIntegrationTrouble } from '../events/integration-trouble.ts';
import type { Instant } from '../model/clock.ts';
import type { IntegrationId } from '../model/ids.ts';
import { recordDeed } from '../store/audit.ts';
import type { Transaction } from '../store/database.ts';
import {
  addTrouble,
  type BrokenIntegration,
  disableIntegration,
  type Failures,
  forgetBroken,
  forgetTrouble,
  markBroken,
} from '../store/integration-health.ts';
import { integrationById } from '../store/integrations.ts';
import type { HealthState, Outcome } from './outcome.ts';

/** An integration to which nothing is delivered from now on, because of what its receiver answers. */
export interface IntegrationTrouble extends BrokenIntegration {
  readonly trouble: CapturedIntegrationTrouble['trouble'];
}

/**
 * Learns from outcomes which integrations work: one whose receiver says that it is gone is disabled at once, one that
 * has failed too long and too often with it (automations, section 4.6); a channel that Slack refuses until a person acts
 * is marked as broken, until a message arrives (section 4.7).
 */
export async function judgeIntegrations(tx: Transaction, outcomes: readonly Outcome[]): Promise<IntegrationTrouble[]> {
  const ofChannels = outcomes.filter(({ health }) => health?.of === 'slack');
  const broken = ofChannels.length === 0 ? [] : await judgeChannels(tx, ofChannels);
  const well = idsOf(outcomes, 'well');
  if (well.size > 0) await forgetTrouble(tx, [...well]);
  const gone = [...idsOf(outcomes, 'gone')].map((integrationId) => ({ integrationId, reason: GONE }));
  const failures = failuresIn(outcomes.filter(({ claimed }) => !well.has(claimed.destinationId)));
  const troubles = failures.length === 0 ? [] : await addTrouble(tx, failures);
  const now = Math.max(...outcomes.map(endOf));
  const hopeless = troubles
    .filter((trouble) => isHopeless(trouble, now))
    .map(({ integrationId, since, failed }) => ({ integrationId, reason: hopelessSince(since, failed) }));
  const disabled: IntegrationTrouble[] = [];
  for (const { integrationId, reason } of [...gone, ...hopeless]) {
    if (!(await disableIntegration(tx, integrationId, { reason, now }))) continue;
    await recordDisabled(tx, { integrationId, reason }, now);
    disabled.push({ integrationId, trouble: 'disabled', reason });
  }
  return [...broken.map((each) => ({ ...each, trouble: 'broken' as const })), ...disabled];
}

async function recordDisabled(tx: Transaction, { integrationId, reason }: BrokenIntegration, now: Instant) {
  const integration = await integrationById(tx, integrationId);
  if (integration === undefined) return;
  const { id, name, kind, tenantId } = integration;
  const word = kind === 'slack' ? 'slack_channel' : kind;
  const [subject, before, after] = [{ kind: word, id, name }, { enabled: true }, { enabled: false }];
  await recordDeed(tx, { system: reason }, { now, tenantId, deed: `${word}.disabled`, subject, before, after });
}

/** @returns the channels that were not broken before */
async function judgeChannels(tx: Transaction, outcomes: readonly Outcome[]): Promise<readonly BrokenIntegration[]> {
  const well = idsOf(outcomes, 'well');
  if (well.size > 0) await forgetBroken(tx, [...well]);
  const broken = outcomes
    .filter(({ health, claimed }) => health?.state === 'broken' && !well.has(claimed.destinationId))
    .map(({ claimed, status }) => [claimed.destinationId, status.reason ?? ''] as const);
  if (broken.length === 0) return [];
  const reasons = [...new Map(broken)].map(([integrationId, reason]) => ({ integrationId, reason }));
  return markBroken(tx, reasons, Math.max(...outcomes.map(endOf)));
}

const GONE = 'the receiver answered 410: it is gone for good';

const hopelessSince = (since: Instant, failed: number): string =>
  `no delivery has succeeded since ${new Date(since).toISOString()}; ${failed} executions have failed`;

function idsOf(outcomes: readonly Outcome[], wanted: HealthState): Set<IntegrationId> {
  return new Set(outcomes.filter(({ health }) => health?.state === wanted).map(({ claimed }) => claimed.destinationId));
}

function failuresIn(outcomes: readonly Outcome[]): Failures[] {
  const found = new Map<IntegrationId, Failures>();
  for (const outcome of outcomes.filter(({ health }) => health !== undefined && health.state !== 'well')) {
    const integrationId = outcome.claimed.destinationId;
    const { since, failed } = found.get(integrationId) ?? { since: endOf(outcome), failed: 0 };
    found.set(integrationId, { integrationId, since: Math.min(since, endOf(outcome)), failed: failed + 1 });
  }
  return [...found.values()];
}

const endOf = ({ status }: Outcome): Instant => status.endedAt ?? Number.NEGATIVE_INFINITY;
