import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; a chunk takes a few milliseconds, a large upload many seconds. */
const DURATIONS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export interface RequestFacts {
  readonly method: string;
  /** The route's pattern, never the path: names of people and projects stay out of the metrics. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** Labels of one sample. Their values are of few: no name of a person, team, project or webhook is one. */
export type Labels = Readonly<Record<string, string>>;

/** The numbers of this process, as `GET /metrics` tells them. Rooms below are handed plain functions. */
export interface Metrics {
  readonly registry: Registry;
  observeRequest(facts: RequestFacts): void;
  /** A number that is read when asked for. */
  addGauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** A number that only grows; returns what makes it grow. Without labels it is told from 0 on. */
  addCounter(name: string, help: string, labelNames?: readonly string[]): (by?: number, labels?: Labels) => void;
  /** Amounts, by default seconds; returns what notes one. */
  addHistogram(name: string, help: string, buckets?: readonly number[]): (amount: number) => void;
}

/** @param processMetrics also memory, CPU, event loop and garbage collection of this process */
export function createMetrics(processMetrics = true): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'tripline_http_request_duration_seconds',
    help: 'Time from a request to its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: DURATIONS,
    registers,
  });
  return {
    registry,
    observeRequest: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    addGauge: (name, help, read) => {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          this.set(await read());
        },
      });
    },
    addCounter: (name, help, labelNames = []) => {
      const counter = new Counter({ name, help, labelNames: [...labelNames], registers });
      return (by = 1, labels = {}) => counter.inc(labels, by);
    },
    addHistogram: (name, help, buckets = DURATIONS) => {
      const histogram = new Histogram({ name, help, buckets: [...buckets], registers });
      return (amount) => histogram.observe(amount);
    },
  };
}
