import { Command } from 'commander';
import { TriplineError } from '../model/error.ts';
import { VERSION } from '../server/version.ts';
import { dropAudit } from './drop-audit.ts';
import { MOVE_STEPS, moveBlobs } from './move-blobs.ts';
import { ALL_SETTINGS, addSettings, BLOB_SETTINGS, helpOnSecrets } from './options.ts';
import { ROTATION_STEPS, rotateMasterKey } from './rotate-master-key.ts';
import { serve } from './serve.ts';
import { userKey } from './user-key.ts';
import { verifyAudit } from './verify-audit.ts';

const program = new Command('tripline')
  .description(
    'Automations for machine learning: when a run, a metric or an artifact changes, the next step happens once.',
  )
  .version(VERSION);

addSettings(program.command('serve'), ALL_SETTINGS)
  .description('start the server')
  .addHelpText('after', helpOnSecrets)
  .action(serve);

addSettings(program.command('user').description('users').command('key'), ['config', 'data', 'databaseUrl'])
  .description('make a new API key for a user and print it')
  .argument('<name>', 'user name')
  .action(userKey);

addSettings(program.command('secrets').description('secrets of entities').command('rotate-master-key'), [
  'config',
  'data',
  'databaseUrl',
])
  .description('make TRIPLINE_NEW_MASTER_KEY the master key')
  .addHelpText('after', ROTATION_STEPS)
  .action(rotateMasterKey);

addSettings(program.command('blobs').description('where files are kept').command('move'), [
  'config',
  'data',
  'databaseUrl',
  ...BLOB_SETTINGS,
])
  .description('carry files to the place that is for new ones')
  .addHelpText('after', MOVE_STEPS)
  .action(moveBlobs);

const audit = program.command('audit').description('the audit log');

addSettings(audit.command('verify'), ['config', 'data', 'databaseUrl'])
  .description('check that the audit log is whole, entity by entity')
  .option('--entity <name>', 'only that of one entity, by name or id; 0 is the installation itself')
  .option('--head <number:hash>', 'with --entity: a head from the log that the chain must go through')
  .action(verifyAudit);

addSettings(audit.command('drop'), ['config', 'data', 'databaseUrl'])
  .description('forget the months of the audit log before another')
  .requiredOption('--before <month>', "the first month that stays: '2027-01'")
  .action(dropAudit);

try {
  await program.parseAsync();
} catch (error) {
  // a refusal is a sentence for whoever typed the command; anything else is a fault of ours
  console.error(error instanceof TriplineError ? error.message : error);
  process.exit(1);
}
