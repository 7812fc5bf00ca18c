import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A webhook's receiver on this machine. */
export interface DemoReceiver {
  readonly url: string;
  /** The first payload that arrives. */
  readonly payload: Promise<string>;
  close(): void;
}

export async function openDemoReceiver(): Promise<DemoReceiver> {
  let arrived: (payload: string) => void = () => {};
  const payload = new Promise<string>((resolve) => {
    arrived = resolve;
  });
  const server = createServer(async (request, response) => {
    arrived(await textOf(request));
    response.end('received');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/retrain`, payload, close: () => server.close() };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
