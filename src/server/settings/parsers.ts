import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { parseAllowedTarget, parseHostName, parseNetwork } from './addresses.ts';

/** Settings are texts, whatever they come from; each parser turns one text into its typed value. */
function parser<T>(parse: (text: string) => T | undefined): z.ZodType<T, string> {
  return z.string().transform((text, context) => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  });
}

function list<T>(parse: (text: string) => T | undefined): z.ZodType<readonly T[], string> {
  return parser((text) => {
    const values = text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map(parse);
    return values.every((value) => value !== undefined) ? values : undefined;
  });
}

export const listenHost = parser((text) => {
  const address = parseNetwork(text) !== undefined && !text.includes('/');
  return address ? text : parseHostName(text);
});

export const port = parser((text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined));

export const folder = parser((text) => (text === '' ? undefined : resolve(text.replace(/^~(?=\/|$)/, homedir()))));

/** Only scheme, host and port: Tripline's paths begin at the root. */
export const publicUrl = parser((text) => {
  const url = parseUrl(text, ['http:', 'https:']);
  return url !== undefined && url.href === `${url.origin}/` ? url.origin : undefined;
});

export const databaseUrl = parser((text) =>
  parseUrl(text, ['postgres:', 'postgresql:']) === undefined ? undefined : text,
);

/** Visible ASCII only, so that it survives every header it is sent in. */
export const apiKey = z.string().regex(/^[\x21-\x7e]{40,}$/);

export const masterKey = z.string().min(32);

export const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']);

export const onOrOff = parser((text) => ({ true: true, '1': true, false: false, '0': false })[text]);

export const allowedTargets = list(parseAllowedTarget);

export const networks = list(parseNetwork);

function parseUrl(text: string, protocols: readonly string[]): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return protocols.includes(url.protocol) ? url : undefined;
}
