import { cpus, loadavg } from 'node:os';
import { cleanUp } from '../test/support/clean-up.ts';
import { flushToDisk } from '../test/support/databases.ts';
import { startReceiver } from '../test/support/receiver.ts';
import { measureArtifacts } from './artifacts.ts';
import { measureBacktest } from './backtest.ts';
import type { Part } from './bench.ts';
import { measureBlobs } from './blobs.ts';
import { measureCharts } from './charts.ts';
import { measureChunks } from './chunks.ts';
import { measureDelay } from './delay.ts';
import { measureDeliveries } from './deliveries.ts';
import { measureHistoryPage } from './history-page.ts';
import { startGenerator } from './load/start-generator.ts';
import { measureMatching } from './matching.ts';
import { measureMemory } from './memory.ts';
import { type Options, readOptions } from './options.ts';
import { measurePreview } from './preview.ts';
import { printProfile, profilingEnv } from './profile.ts';
import { measureRunsPage } from './runs-page.ts';
import { measureVersions } from './versions.ts';

/** In the order of running; a new part is a line here and a file beside. */
const PARTS: Readonly<Record<string, Part>> = {
  chunks: measureChunks,
  delay: measureDelay,
  deliveries: measureDeliveries,
  artifacts: measureArtifacts,
  versions: measureVersions,
  blobs: measureBlobs,
  backtest: measureBacktest,
  preview: measurePreview,
  memory: measureMemory,
  matching: measureMatching,
  'history-page': measureHistoryPage,
  'runs-page': measureRunsPage,
  charts: measureCharts,
};

const { databases, parts, profile, ...options } = optionsOrExit();
flushToDisk();
const generator = startGenerator();
const receiver = await startReceiver();
console.log(`Tripline beside this machine's limits: ${cpus().length} cores, Node ${process.version}, one run`);
console.log(`load before it began: ${loadavg()[0]?.toFixed(1)}; what else runs here takes from every figure below`);
for (const database of databases) {
  console.log(`\n=== ${database === 'embedded' ? 'embedded database' : 'PostgreSQL server over TCP'} ===`);
  for (const part of parts) {
    const env = profile === undefined ? {} : profilingEnv(profile);
    await PARTS[part]?.({ ...options, database, env, generator, receiver });
    if (profile !== undefined) printProfile(profile);
  }
}
await receiver.close();
await cleanUp();

function optionsOrExit(): Options {
  try {
    return readOptions(process.argv.slice(2), Object.keys(PARTS));
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}
