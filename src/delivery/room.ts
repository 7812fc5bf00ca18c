import type { AutomationId } from '../model/ids.ts';
import type { Outbound } from '../outbound/client.ts';
import type { SecretRoom } from '../secrets/open-secrets.ts';
import type { Ground } from '../store/ground.ts';
import type { RecentTests } from './recent-tests.ts';

/** What delivery tells the operator; a pino logger is one. */
export interface DeliveryLog {
  /** Details that nobody reads are not put together. */
  isLevelEnabled(level: 'debug' | 'info' | 'warn'): boolean;
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What the deeds of delivery stand on. */
export interface DeliveryRoom {
  readonly ground: Pick<Ground, 'database' | 'clock' | 'ids'>;
  readonly outbound: Outbound;
  readonly secrets: SecretRoom;
  readonly tests: RecentTests;
  readonly log: DeliveryLog;
  /** Of Tripline, for `User-Agent`. */
  readonly version: string;
  /** The automation's page, for payloads and messages. */
  readonly automationUrl: (id: AutomationId) => string;
  /** The page of an execution, by its public id. */
  readonly executionUrl: (id: string) => string;
  /** A fresh number from 0 up to 1, for the jitter of retries. */
  readonly random: () => number;
}
