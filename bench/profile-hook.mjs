// Loaded into a server before everything else (`bench -- --profile FOLDER`): notes where its time goes until it ends.
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: 500 });
session.post('Profiler.start');
process.on('exit', () =>
  session.post('Profiler.stop', (_error, { profile }) =>
    writeFileSync(join(process.env.BENCH_PROFILE, `${Date.now()}-${process.pid}.cpuprofile`), JSON.stringify(profile)),
  ),
);
