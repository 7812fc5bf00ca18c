import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { isIPv4, isIPv6 } from 'node:net';
import { type Answer, decode, encode, TRUNCATED_RESPONSE } from 'dns-packet';

/** What a name has: addresses and `-> other.name` for an alias; or what becomes of the question. */
export type Records = readonly string[] | 'no such name' | 'no answer' | 'refused' | 'truncated';

/** A real name server on the loopback address. */
export interface NameServer {
  /** `address:port` for the setting. */
  readonly address: string;
  /** The names it was asked for, in order, one for each look-up of an IPv4 address. */
  readonly asked: readonly string[];
  close(): void;
}

const RCODES = { refused: 5, 'no such name': 3 } as const;

/**
 * @param find the records of a name; `nth` counts its look-ups from 1, so that answers may change
 */
export async function startNameServer(find: (name: string, nth: number) => Records): Promise<NameServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  const counts = new Map<string, number>();
  const count = (key: string): number => {
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    return nth;
  };
  socket.on('message', (message, from) => {
    const question = decode(message).questions?.[0];
    if (question === undefined) return;
    const name = question.name.toLowerCase();
    if (question.type === 'A') asked.push(name);
    answer(message, from, find(name, count(`${question.type} ${name}`)));
  });
  const answer = (message: Buffer, from: RemoteInfo, records: Records): void => {
    if (records === 'no answer') return;
    const { id, questions = [] } = decode(message);
    const [question] = questions;
    if (question === undefined) return;
    const listed = typeof records === 'string' ? [] : records;
    const failure = typeof records === 'string' && records !== 'truncated' ? RCODES[records] : 0;
    const flags = (records === 'truncated' ? TRUNCATED_RESPONSE : 0) | failure;
    const answers = answersOf(question.name, String(question.type), listed, find);
    socket.send(encode({ type: 'response', id: id ?? 0, flags, questions, answers }), from.port, from.address);
  };
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${socket.address().port}`, asked, close: () => socket.close() };
}

function answersOf(
  name: string,
  type: string,
  records: readonly string[],
  find: (name: string, nth: number) => Records,
) {
  return records.flatMap((record): Answer[] => {
    if (record.startsWith('-> ')) {
      const other = record.slice(3);
      const next = find(other, 1);
      const rest = typeof next === 'string' ? [] : answersOf(other, type, next, find);
      return [{ type: 'CNAME', name, ttl: 0, data: other }, ...rest];
    }
    if (type === 'A' && isIPv4(record)) return [{ type: 'A', name, ttl: 0, data: record }];
    if (type === 'AAAA' && isIPv6(record)) return [{ type: 'AAAA', name, ttl: 0, data: record }];
    return [];
  });
}
