import type { Definitions } from './definition.ts';
import * as parse from './parsers.ts';

/** How the program runs, and what it is given to begin with. */
export const RUNNING = {
  logLevel: {
    flag: '--log-level <level>',
    variable: 'TRIPLINE_LOG_LEVEL',
    fileKey: 'log-level',
    description: 'how much is logged: fatal, error, warn, info, debug or trace',
    accepts: 'fatal, error, warn, info, debug or trace',
    fallback: () => 'info',
    schema: parse.logLevel,
  },
  demo: {
    flag: '--demo',
    variable: 'TRIPLINE_DEMO',
    fileKey: 'demo',
    description: 'run a demonstration: a training run crosses a line, and a webhook arrives',
    accepts: 'true or false',
    fallback: () => 'false',
    schema: parse.onOrOff,
  },
  adminApiKey: {
    variable: 'TRIPLINE_ADMIN_API_KEY',
    fileKey: 'admin-api-key',
    description: "first administrator's API key, for automated installations; else one is made and shown once",
    accepts: '40 to 512 printable ASCII characters without spaces',
    schema: parse.apiKey.optional(),
    secret: true,
  },
  masterKey: {
    variable: 'TRIPLINE_MASTER_KEY',
    fileKey: 'master-key',
    description: 'seals stored secrets and signs URLs; else one is made in the data folder (master.key)',
    accepts: 'at least 32 characters, random ones',
    schema: parse.masterKey.optional(),
    secret: true,
  },
  newMasterKey: {
    variable: 'TRIPLINE_NEW_MASTER_KEY',
    fileKey: 'new-master-key',
    description: "the master key to come, known beside the other one for 'tripline secrets rotate-master-key'",
    accepts: 'at least 32 characters, random ones',
    schema: parse.masterKey.optional(),
    secret: true,
  },
  testClock: {
    variable: 'TRIPLINE_TEST_CLOCK',
    description: "file with milliseconds to add to the database's time",
    accepts: 'the path of a file',
    schema: parse.path.optional(),
    hidden: true,
  },
} as const satisfies Definitions;
