import type { FastifyBaseLogger } from 'fastify';
import type { Viewer } from '../../../model/viewer.ts';
import type { MasterKeys } from '../../../secrets/master-keys.ts';
import type { Ground } from '../../../store/ground.ts';
import type { RunMetrics } from '../../../store/run-metrics.ts';
import type { FileGround } from '../../../tracking/file-ground.ts';
import type { TrackingRoom } from '../../../tracking/room.ts';
import type { ArtifactUrls } from '../files/artifact-urls.ts';
import type { FileUrls } from '../files/file-urls.ts';
import type { AnswerLists } from './answer-lists.ts';
import type { ClientVersion } from './client-version.ts';

/** What resolvers stand on beside the request: made once, by the composition root. */
export interface GraphqlServices {
  readonly ground: Ground;
  readonly tracking: TrackingRoom;
  readonly masters: MasterKeys;
  /** Metrics of runs, summarised from their history. */
  readonly runMetrics: RunMetrics;
  readonly files: FileGround;
  readonly fileUrls: FileUrls;
  readonly artifactUrls: ArtifactUrls;
}

/** What every resolver is handed. */
export interface GraphqlContext extends GraphqlServices {
  readonly viewer: Viewer;
  /** Which release of the client asks; `undefined` for other programs. */
  readonly client: ClientVersion | undefined;
  /** Start of absolute addresses in answers, without a trailing slash, for instance `http://127.0.0.1:8080`. */
  readonly baseUrl: string;
  readonly log: FastifyBaseLogger;
  readonly lists: AnswerLists;
  /** Looks something up once for the whole request, for instance the author that all projects of a page share. */
  readonly once: <T>(key: string, load: () => Promise<T>) => Promise<T>;
}

/** The memory of one request (see {@link GraphqlContext.once}). */
export function createOnce(): GraphqlContext['once'] {
  const found = new Map<string, Promise<unknown>>();
  return <T>(key: string, load: () => Promise<T>): Promise<T> => {
    const known = found.get(key) ?? load();
    found.set(key, known);
    return known as Promise<T>;
  };
}
