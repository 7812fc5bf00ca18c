// A process of its own that holds an embedded database: says once what became of its start, stops on SIGTERM.
import { TriplineError } from '../src/model/error.ts';
import { startEmbeddedPostgres } from '../src/server/embedded/start.ts';

const begun = performance.now();
try {
  const database = await startEmbeddedPostgres({ dataFolder: process.argv[2] ?? '' });
  process.once('SIGTERM', () => database.stop().then(() => process.exit()));
  say({ connection: database.connection, startedInMs: performance.now() - begun });
} catch (error) {
  say({ refusal: error instanceof TriplineError ? error.message : `a fault: ${error}` });
}

function say(word: object): void {
  process.stdout.write(`${JSON.stringify(word)}\n`);
}
