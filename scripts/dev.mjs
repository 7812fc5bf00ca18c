// For whoever works on Tripline: the server, started anew when it changes, and its pages, which change as they are
// edited. Options go to the server: `npm run dev -- --data ./somewhere`; with another port than 8080,
// TRIPLINE_DEV_SERVER tells the pages where it is.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => `${root}node_modules/.bin/${name}`;

const children = [
  spawn(bin('tsx'), ['watch', 'src/cli/main.ts', 'serve', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' }),
  spawn(bin('vite'), ['web', '--config', 'web/vite.config.ts'], { cwd: root, stdio: 'inherit' }),
];
for (const child of children) child.on('exit', stop);

function stop() {
  for (const child of children) child.kill();
}
