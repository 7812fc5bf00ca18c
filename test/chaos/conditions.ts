import { change, metric, state, type WireEvent } from '../support/wire-events.ts';
import type { Random } from './random.ts';

export type Aggregation = 'AVERAGE' | 'MIN' | 'MAX';

/** What an automation waits for, as the oracle reads it. */
export type Condition = Threshold | Change | StateChange;

export interface Threshold {
  readonly kind: 'threshold';
  readonly metric: string;
  readonly aggregation: Aggregation | null;
  readonly window: number;
  readonly comparison: '$gt' | '$lt';
  readonly threshold: number;
  /** Only runs whose config names this group. */
  readonly group?: Group;
}

export interface Change {
  readonly kind: 'change';
  readonly metric: string;
  readonly aggregation: Aggregation | null;
  readonly current: number;
  readonly prior: number;
  readonly type: 'ABSOLUTE' | 'RELATIVE';
  readonly direction: 'INCREASE' | 'DECREASE' | 'ANY';
  readonly amount: number;
}

export interface StateChange {
  readonly kind: 'state';
  readonly states: readonly ('RUNNING' | 'FINISHED' | 'FAILED')[];
  readonly group?: Group;
}

export type Group = 'a' | 'b';
export const GROUPS: readonly Group[] = ['a', 'b'];

/** The conditions of one round: some hold at once, some late, some for part of the runs, one never. */
export function conditionsOf(random: Random): readonly Condition[] {
  const window = () => random.whole(2, 9);
  const level = (from: number, to: number) => random.whole(from * 8, to * 8) / 8;
  const threshold = (more: Partial<Threshold>): Threshold => ({
    kind: 'threshold',
    metric: 'loss',
    aggregation: null,
    window: 1,
    comparison: '$gt',
    threshold: level(6, 12),
    ...more,
  });
  return [
    threshold({}),
    threshold({ aggregation: 'AVERAGE', window: window(), threshold: level(1, 4) }),
    threshold({ aggregation: 'MIN', window: window(), threshold: level(-8, 0) }),
    threshold({ aggregation: 'MAX', window: window(), comparison: '$lt', threshold: level(4, 12) }),
    threshold({ aggregation: 'AVERAGE', window: 40, comparison: '$lt', threshold: level(0, 2) }),
    threshold({ metric: 'eval.score', aggregation: 'AVERAGE', window: window(), threshold: level(0, 4) }),
    threshold({ metric: 'system.cpu', aggregation: 'MAX', window: window(), threshold: level(8, 14) }),
    threshold({ group: random.pick(GROUPS) }),
    threshold({ threshold: 1000 }),
    {
      kind: 'change',
      metric: 'loss',
      aggregation: null,
      current: 1,
      prior: 1,
      type: 'ABSOLUTE',
      direction: 'INCREASE',
      amount: level(8, 20),
    },
    {
      kind: 'change',
      metric: 'loss',
      aggregation: random.pick(['AVERAGE', 'MAX']),
      current: random.whole(1, 4),
      prior: random.whole(2, 6),
      type: 'RELATIVE',
      direction: random.pick(['DECREASE', 'ANY']),
      amount: level(1, 3),
    },
    { kind: 'state', states: ['RUNNING'] },
    { kind: 'state', states: ['FINISHED', 'FAILED'] },
    { kind: 'state', states: ['FAILED', 'RUNNING'], group: random.pick(GROUPS) },
  ];
}

/** The condition as the client would send it. */
export function wireEventOf(condition: Condition): WireEvent {
  const where = 'group' in condition && condition.group !== undefined ? { 'config.group': condition.group } : undefined;
  switch (condition.kind) {
    case 'threshold': {
      const { metric: name, comparison, threshold, aggregation, window } = condition;
      return metric(name, comparison, threshold, {
        ...(aggregation === null ? {} : { agg: aggregation }),
        window,
        ...(where === undefined ? {} : { where }),
      });
    }
    case 'change': {
      const { metric: name, direction, amount, aggregation, current, prior, type } = condition;
      return change(name, direction, amount, {
        ...(aggregation === null ? {} : { agg: aggregation }),
        current,
        prior,
        type,
      });
    }
    case 'state':
      return state(condition.states, where);
  }
}
