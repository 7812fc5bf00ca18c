import { type Flags, loadSettings } from '../server/settings/load.ts';
import { type RunningServer, startServer } from '../server/start.ts';
import { VERSION } from '../server/version.ts';
import { demonstrate } from './demo/demo.ts';
import { onStopSignal } from './signals.ts';

/** `tripline serve`: runs until it is told to stop. */
export async function serve(flags: Flags): Promise<void> {
  const settings = loadSettings(flags, process.env);
  const server = await startServer(settings);
  const stop = async (code: number): Promise<never> => {
    await server.stop();
    return process.exit(code);
  };
  onStopSignal(() => stop(0));
  server.failed.then((reason) => {
    console.error(`Tripline stops: ${reason}.`);
    return stop(1);
  });
  // in one write: whoever waits for the last line of it must find the others
  console.log(announcement(server, settings.publicUrl).join('\n'));
  if (settings.demo) {
    await demonstrate(server).catch((error: unknown) => {
      console.error(`The demonstration broke off: ${error instanceof Error ? error.message : error}`);
    });
  }
}

function announcement({ url, place, firstAdminKey, fault }: RunningServer, publicUrl: string | undefined): string[] {
  const pages = publicUrl ?? url;
  const firstStart = [
    '',
    `  begin here               ${pages}/welcome`,
    `  API key of user admin    ${firstAdminKey}`,
    "                           signs in to the pages; shown this once: 'tripline user key admin' makes another",
  ];
  return [
    `Tripline ${VERSION} listens on ${url}`,
    `  its data                 ${place}`,
    `  its pages                ${pages}/`,
    `  connect a client         wandb login --host=${pages}`,
    ...(firstAdminKey === undefined ? [] : firstStart),
    ...(fault === undefined ? [] : ['', `  SECRETS ARE LOCKED: ${fault}`]),
  ];
}
