import { beginningOf, type NewFirings } from '../../store/executions.ts';
import type { IntakeWatch, TrackingWatch } from '../../tracking/watch.ts';
import type { Metrics } from '../../wire/metrics/metrics.ts';
import type { BodyWatch } from '../../wire/wandb/file-stream/mount.ts';

/** The listeners of what is logged and of what it causes. */
export interface IngestWatch {
  readonly tracking: TrackingWatch;
  readonly intake: IntakeWatch;
  readonly bodies: BodyWatch;
}

const GROUP_SIZES = [1, 2, 4, 8, 16];

/** Counts what runs send, what is stored of it, and what it causes. */
export function countIngest(metrics: Metrics): IngestWatch {
  const bytes = metrics.addCounter('tripline_ingest_bytes_total', 'Bytes of requests of runs, unpacked');
  const refused = metrics.addCounter(
    'tripline_ingest_refused_total',
    'Requests of runs that were told to come again (429), by what had no room: queue or memory',
    ['room'],
  );
  const seconds = metrics.addHistogram(
    'tripline_ingest_duration_seconds',
    'Time from a parsed request of a run to its commit',
  );
  return {
    tracking: { stored: countStored(metrics), caused: countCaused(metrics) },
    intake: { answered: seconds, refused: () => refused(1, { room: 'queue' }) },
    bodies: { received: bytes, refused: () => refused(1, { room: 'memory' }) },
  };
}

function countStored(metrics: Metrics): TrackingWatch['stored'] {
  const chunks = metrics.addCounter('tripline_ingest_chunks_total', 'Requests of runs that were stored');
  const lines = metrics.addCounter(
    'tripline_ingest_lines_total',
    'Lines of history and system metrics that were stored',
  );
  const points = metrics.addCounter('tripline_ingest_points_total', 'Values in the lines that were stored');
  const evaluations = metrics.addCounter(
    'tripline_ingest_evaluations_total',
    'Values that were judged, each once for every automation that watches it',
  );
  const transactions = metrics.addCounter(
    'tripline_ingest_transactions_total',
    'Transactions that stored requests of runs',
  );
  const size = metrics.addHistogram(
    'tripline_ingest_group_size',
    'Requests of runs that shared one transaction',
    GROUP_SIZES,
  );
  return (stored) => {
    chunks(stored.chunks);
    lines(stored.lines);
    points(stored.points);
    evaluations(stored.evaluations);
    transactions();
    size(stored.chunks);
  };
}

function countCaused(metrics: Metrics): TrackingWatch['caused'] {
  const events = metrics.addCounter('tripline_events_total', 'Events that were stored, by type', ['type']);
  const executions = metrics.addCounter(
    'tripline_executions_total',
    'Executions that events caused, by type of the event and by how they begin: pending, finished or skipped',
    ['type', 'begins'],
  );
  return (firings: NewFirings) => {
    const typeOf = new Map(firings.events.map(({ eventId, type }) => [eventId, type]));
    for (const { type } of firings.events) events(1, { type });
    for (const execution of firings.executions) {
      executions(1, { type: typeOf.get(execution.eventId) ?? 'unknown', begins: beginningOf(execution).status });
    }
  };
}
