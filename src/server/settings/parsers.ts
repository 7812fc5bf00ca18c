import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { parseApiKey } from '../../directory/api-key-text.ts';
import { TriplineError } from '../../model/error.ts';
import { parseAllowList } from '../../outbound/allow-list.ts';
import { parseBypass, parseProxy } from '../../outbound/proxies.ts';
import { isAddress, isHostName, parseCidr, parseNameServer } from './addresses.ts';

/**
 * Settings are texts, whatever they come from; each parser turns one text into its typed value. `undefined` and a
 * refusal of another room both mean "not accepted"; the refusal's message is the issue's `reason`.
 */
function parser<T>(parse: (text: string) => T | undefined): z.ZodType<T, string> {
  return z.string().transform((text, context) => {
    try {
      const value = parse(text);
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom' });
    } catch (error) {
      if (!(error instanceof TriplineError)) throw error;
      context.addIssue({ code: 'custom', params: { reason: error.message } });
    }
    return z.NEVER;
  });
}

export const listenHost = parser((text) => (isAddress(text) || isHostName(text) ? text : undefined));

export const wholeNumber = (least: number, most: number) =>
  parser((text) => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return number >= least && number <= most ? number : undefined;
  });

export const port = wholeNumber(0, 65535);

/** A number of MiB, as bytes. */
export const mebibytes = wholeNumber(1, 65536).transform((number) => number * 1024 ** 2);

/** The same for what lies on disks. */
export const manyMebibytes = wholeNumber(1, 1_000_000_000).transform((number) => number * 1024 ** 2);

/** Of a file or folder; made absolute. */
export const path = parser((text) => (text === '' ? undefined : resolve(text.replace(/^~(?=\/|$)/, homedir()))));

/** Visible ASCII without spaces, as ids and keys of other services are. */
export const text = parser((given) => (/^[\x21-\x7e]{1,512}$/.test(given) ? given : undefined));

/** Only scheme, host and port: Tripline's paths begin at the root. */
export const publicUrl = parser((text) => {
  const url = parseUrl(text, ['http:', 'https:']);
  return url !== undefined && url.href === `${url.origin}/` ? url.origin : undefined;
});

export const databaseUrl = parser((text) =>
  parseUrl(text, ['postgres:', 'postgresql:']) === undefined ? undefined : text,
);

export const apiKey = parser((text) => parseApiKey(text, 'the key'));

export const masterKey = parser((text) => (text.length >= 32 ? text : undefined));

export const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']);

export const blobPlace = z.enum(['folder', 's3']);

export const bucket = parser((text) => (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text) ? text : undefined));

/** Ends with a slash, unless it is empty. */
export const keyPrefix = parser((text) => {
  if (text === '') return text;
  const accepted = /^[A-Za-z0-9_.-][A-Za-z0-9_./-]{0,199}$/.test(text) && !text.includes('..') && !text.includes('//');
  return accepted ? text.replace(/\/?$/, '/') : undefined;
});

export const onOrOff = parser((text) => ({ true: true, '1': true, false: false, '0': false })[text]);

export const allowList = parser((text) => parseAllowList(parts(text)));

export const cidrs = parser((text): readonly string[] | undefined => {
  const found = parts(text).map(parseCidr);
  return found.every((cidr) => cidr !== undefined) ? found : undefined;
});

export const nameServers = parser((text): readonly string[] | undefined => {
  const found = parts(text).map(parseNameServer);
  return found.length > 0 && found.every((server) => server !== undefined) ? found : undefined;
});

export const proxy = parser(parseProxy);

export const proxyBypass = parser((text) => parseBypass(parts(text)));

function parts(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function parseUrl(text: string, protocols: readonly string[]): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return protocols.includes(url.protocol) ? url : undefined;
}
