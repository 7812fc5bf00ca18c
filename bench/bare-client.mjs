// The HTTP client with nothing around it: posts a body so many times, some at once, and tells what that took.
import { Agent, request } from 'undici';

const headers = { 'content-type': 'application/json' };
let dispatcher;

process.on('message', async ({ url, body, count, concurrency }) => {
  dispatcher ??= new Agent({ connections: concurrency });
  let left = count;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const answer = await request(url, { method: 'POST', headers, body, dispatcher });
      await answer.body.text();
    }
  };
  const [before, begun] = [process.cpuUsage(), performance.now()];
  await Promise.all(Array.from({ length: concurrency }, work));
  const { user, system } = process.cpuUsage(before);
  process.send({ tookMs: performance.now() - begun, cpuMs: (user + system) / 1000 });
});
process.on('disconnect', () => process.exit());
