import { randomUUID } from 'node:crypto';
import type { PoolConfig } from 'pg';
import type { Logger } from 'pino';
import { type NodeLine, openNodeLine } from '../store/node-line.ts';
import type { Life } from './life.ts';
import type { Settings } from './settings/schema.ts';

/** The line to the other nodes. */
export interface CallLine {
  readonly line: NodeLine;
  /** Has it told whenever calls are heard from now on, first and after a loss. */
  onFound(found: () => void): void;
}

/** Opens the line to the other nodes; `undefined` on the embedded database, which has one node by design. */
export function openLine(
  settings: Pick<Settings, 'databaseUrl'>,
  connection: PoolConfig,
  life: Life,
  logger: Logger,
): CallLine | undefined {
  if (settings.databaseUrl === undefined) return undefined;
  const found: (() => void)[] = [];
  const line = openNodeLine({
    connection,
    node: randomUUID(),
    onLost: ({ message }) =>
      logger.warn(
        { reason: message },
        'the nodes cannot call one another; due deliveries are found by polling, and pages learn of changes later',
      ),
    onFound: () => {
      for (const tell of found) tell();
    },
  });
  life.add(() => line.close());
  return { line, onFound: (tell) => void found.push(tell) };
}
