import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, isIPv4, isIPv6 } from 'node:net';
import { type Answer, decode, encode, TRUNCATED_RESPONSE } from 'dns-packet';

/** What a name has: addresses and `-> other.name` for an alias; or what becomes of the question. */
export type Records = readonly string[] | keyof typeof RCODES | 'no answer';

/** A real name server on the loopback address. */
export interface NameServer {
  /** `address:port` for the setting. */
  readonly address: string;
  /** The names it was asked for, in order, one for each look-up of an IPv4 address. */
  readonly asked: readonly string[];
  close(): void;
}

const RCODES = { refused: 5, 'no such name': 3, 'server failure': 2 } as const;
/** A longer answer is cut over UDP, and asked for again over TCP. */
const LONGEST_DATAGRAM = 1232;

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
  const answer = (message: Buffer): Buffer | undefined => {
    const { id, questions = [] } = decode(message);
    const [question] = questions;
    if (question === undefined) return undefined;
    const name = question.name.toLowerCase();
    if (question.type === 'A') asked.push(name);
    const records = find(name, count(`${question.type} ${name}`));
    if (records === 'no answer') return undefined;
    const [listed, flags] = typeof records === 'string' ? [[], RCODES[records]] : [records, 0];
    const answers = answersOf(question.name, String(question.type), listed, find);
    return encode({ type: 'response', id: id ?? 0, flags, questions, answers });
  };
  socket.on('message', (message, from) => {
    const whole = answer(message);
    if (whole !== undefined) socket.send(fitting(whole), from.port, from.address);
  });
  const overTcp = createServer((connection) => {
    connection.on('error', () => {});
    connection.once('data', (framed) => {
      const whole = answer(framed.subarray(2));
      if (whole !== undefined) connection.end(Buffer.concat([lengthOf(whole), whole]));
    });
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  overTcp.listen(port, '127.0.0.1');
  await once(overTcp, 'listening');
  const close = (): void => {
    socket.close();
    overTcp.close();
  };
  return { address: `127.0.0.1:${port}`, asked, close };
}

/** The answer, or what fits of it: nothing but the note that there is more. */
function fitting(whole: Buffer): Buffer {
  if (whole.length <= LONGEST_DATAGRAM) return whole;
  const { id, questions } = decode(whole);
  return encode({ type: 'response', id: id ?? 0, flags: TRUNCATED_RESPONSE, questions: questions ?? [] });
}

/** As it stands before a message over TCP. */
function lengthOf(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return length;
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
