import type { FastifyRequest } from 'fastify';
import type { Backtests } from '../../automations/backtests.ts';
import type { ExplainRoom } from '../../automations/room.ts';
import type { DeliveryRoom } from '../../delivery/room.ts';
import type { Authenticate } from '../../directory/authenticate.ts';
import type { SlackRoom } from '../../directory/slack-room.ts';
import type { IntegrationId } from '../../model/ids.ts';
import type { MasterKeys } from '../../secrets/master-keys.ts';
import type { ArtifactBlobKey } from '../../store/artifact-blobs.ts';
import type { Ground } from '../../store/ground.ts';
import type { RunMetrics } from '../../store/run-metrics.ts';
import type { FileGround } from '../../tracking/file-ground.ts';
import type { TrackingRoom } from '../../tracking/room.ts';
import type { ZodApp } from '../zod-app.ts';
import type { ServerFacts } from './server-schemas.ts';

/** The part of the server below `/api/v1`: every request has a viewer, every schema is zod's. */
export type RestApp = ZodApp;

/** A file of an artifact version, under the name that the version gives it. */
export interface NamedBlob extends ArtifactBlobKey {
  readonly name: string;
}

/** What resources stand on: made once, by the composition root. */
export interface RestServices {
  readonly ground: Ground;
  /** For whoever signs in with a key. */
  readonly authenticate: Authenticate;
  readonly masters: MasterKeys;
  /** For what is connected with Slack. */
  readonly slack: SlackRoom;
  /** Start of absolute addresses, without a trailing slash. */
  readonly baseUrlOf: (request: FastifyRequest) => string;
  /** For requests that people ask for. */
  readonly delivery: DeliveryRoom;
  /** For what people change of runs and artifacts. */
  readonly tracking: TrackingRoom;
  /** Where this server answers with the bytes of a file, below its own address; signed, so that it needs no key. */
  readonly artifactFilePath: (file: NamedBlob) => string;
  /** For questions about automations. */
  readonly explain: ExplainRoom;
  readonly backtests: Backtests;
  /** What the process was started with, for the operator. */
  readonly facts: ServerFacts;
  /** What runs have logged, by metric. */
  readonly runMetrics: RunMetrics;
  /** For files of runs, and what entities may store. */
  readonly files: FileGround;
  /** Told after a commit which destinations have new work. */
  readonly woken: (destinations: readonly IntegrationId[]) => void;
}

/** Adds the routes of one resource. */
export type RestResource = (app: RestApp, services: RestServices) => void;
