import { ok, strictEqual } from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { freePort } from '../support/free-port.ts';
import { certificateFile } from '../support/hostile-receivers.ts';
import { runPython } from '../support/python.ts';
import { type Server, startServer } from '../support/server.ts';

/** The client's own check of a server, as its command runs it. */
const VERIFY = `
import sys
from wandb.cli.cli import cli
sys.argv = ["wandb", "verify"]
cli()
`;

/** One line for each check: its name, dots, and a mark. */
const CHECK = /^(Checking [^.]+)\.+(✅|❌)$/gmu;

describe('wandb verify', () => {
  let server: Server;
  let proxy: { readonly url: string; close(): void };
  before(async () => {
    const port = await freePort();
    const url = `https://localhost:${port}`;
    server = await startServer({ env: { TRIPLINE_PUBLIC_URL: url, TRIPLINE_TRUSTED_PROXIES: '127.0.0.1' } });
    proxy = { url, close: await endTls(port, server.url) };
  });
  after(async () => {
    proxy.close();
    await server.dispose();
  });

  test('finds nothing wrong with a fresh server behind TLS, but for the sweeps that there are not', async () => {
    const authority = certificateFile('authority');
    const { stdout, stderr } = await runPython({
      server: proxy,
      person: { key: server.adminKey },
      source: VERIFY,
      withinMs: 240_000,
      env: { SSL_CERT_FILE: authority, REQUESTS_CA_BUNDLE: authority, NO_PROXY: '127.0.0.1,localhost' },
    });
    const told = stripVTControlCharacters(stdout);
    const checks = [...told.matchAll(CHECK)].map(([, name = '', mark]) => ({ name, passed: mark === '✅' }));
    ok(checks.length >= 10, `it checked less than it does:\n${told}\n${stderr}`);
    const failed = checks.filter(({ passed }) => !passed).map(({ name }) => name);
    strictEqual(failed.join(), 'Checking sweep creation and agent execution', told);
    ok(told.includes('Tripline has no sweeps'), told);
  });
});

/** What stands before a server in a company: it ends TLS and passes everything on. @returns how to close it */
async function endTls(port: number, target: string): Promise<() => void> {
  const pem = readFileSync(certificateFile('valid'));
  const front = createServer({ key: pem, cert: pem }, (incoming, answer) => {
    const headers = { ...incoming.headers, 'x-forwarded-proto': 'https' };
    const onward = request(target + incoming.url, { method: incoming.method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  }).listen(port, 'localhost');
  await once(front, 'listening');
  strictEqual((front.address() as AddressInfo).port, port);
  return () => {
    front.close();
    front.closeAllConnections();
  };
}
