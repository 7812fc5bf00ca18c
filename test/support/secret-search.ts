import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The forms in which a leaked value is looked for, written down apart from the program's own list. */
const WRITTEN: Readonly<Record<string, (value: string) => string>> = {
  plain: (value) => value,
  base64: (value) => Buffer.from(value).toString('base64').replace(/=+$/, ''),
  'base64 after one byte': (value) => amid(value, 1),
  'base64 after two bytes': (value) => amid(value, 2),
  'base64 before more': (value) => amid(value, 0),
  base64url: (value) => Buffer.from(value).toString('base64url'),
  hex: (value) => Buffer.from(value).toString('hex'),
  'hex in capitals': (value) => Buffer.from(value).toString('hex').toUpperCase(),
  'URL-encoded': encodeURIComponent,
  'form-encoded': (value) => new URLSearchParams([['', value]]).toString().slice(1),
  'JSON-escaped': inJson,
  'JSON-escaped twice': (value) => inJson(inJson(value)),
  'JSON in ASCII': (value) => inJson(value).replace(/[\x7f-\uffff]/g, unitEscape),
  'JSON wary of HTML': (value) => inJson(value).replace(/[<>&]/g, unitEscape),
  'JSON of escapes only': (value) => value.replace(/[\s\S]/g, unitEscape),
  'HTML-escaped': (value) =>
    value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
  reversed: (value) => Array.from(value).reverse().join(''),
  'on one line': (value) => value.replaceAll('\n', ' '),
  'read byte by byte': (value) => Buffer.from(value.replaceAll('\n', ' ')).toString('latin1'),
};

function amid(value: string, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]).toString('base64');
  const bits = (before + Buffer.byteLength(value)) * 8;
  return text.slice(Math.ceil((before * 8) / 6), Math.floor(bits / 6));
}

function inJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

function unitEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Every form of a value, as a receiver that echoes would write it. */
export function everyForm(value: string): string[] {
  return Object.values(WRITTEN).map((write) => write(value));
}

/** Looks for values in any of their forms. @returns what was found: `TOKEN in hex`, never the value itself */
export function searcherFor(values: Readonly<Record<string, string>>): (bytes: Uint8Array | string) => string[] {
  const wanted = Object.entries(values).flatMap(([name, value]) =>
    Object.entries(WRITTEN).map(([form, write]) => ({ label: `${name} in ${form}`, form: Buffer.from(write(value)) })),
  );
  return (content) => {
    const bytes = Buffer.from(content);
    return wanted.filter(({ form }) => bytes.includes(form)).map(({ label }) => label);
  };
}

/**
 * Searches every file below a folder, but those that a running database removes meanwhile.
 *
 * @returns `path: TOKEN in hex` for each finding, and how many files there are
 */
export function searchFiles(folder: string, search: (bytes: Uint8Array) => string[]) {
  const paths = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
  const files = paths.flatMap((path) => {
    const bytes = unlessGone(() => (statSync(path).isFile() ? readFileSync(path) : undefined));
    return bytes === undefined ? [] : [search(bytes).map((it) => `${path}: ${it}`)];
  });
  return { files: files.length, found: files.flat() };
}

function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
