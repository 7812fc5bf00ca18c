import { Ban, type LucideIcon, Play, RotateCw } from 'lucide-react';
import type { Deed } from '../api/steer-execution.ts';

/** How a deed is called, of one execution and of many. */
export const DEEDS = {
  retry: { one: 'Retry now', many: 'Retry', done: 'retried', icon: RotateCw },
  cancel: { one: 'Cancel', many: 'Cancel', done: 'cancelled', icon: Ban },
  run: { one: 'Run anyway', many: 'Run anyway', done: 'run anyway', icon: Play },
} as const satisfies Record<Deed, { one: string; many: string; done: string; icon: LucideIcon }>;

export const DEED_NAMES: readonly Deed[] = ['retry', 'cancel', 'run'];
