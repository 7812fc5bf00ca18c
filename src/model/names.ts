import { invalid } from './error.ts';
import { isStorable } from './storable.ts';

const DIRECTORY_NAME = /^[A-Za-z0-9_.-]{1,64}$/;

/** First parts of the addresses of protocols. */
const PROTOCOLS = new Set(
  'api artifacts artifactsV2 files graphql healthz metrics oidc ready sdk slack storage'.split(' '),
);

/** First parts of the addresses of pages. */
const PAGES = new Set(
  'assets authorize automations executions home login orgs projects registries registry search settings signup teams welcome'.split(
    ' ',
  ),
);

/** Whether an address that begins so is a protocol's: no page of the web app is there. */
export function isProtocolAddress(first: string): boolean {
  return PROTOCOLS.has(first);
}

/** An entity of that name could not be linked to as `/{entity}/{project}`. */
function isReserved(name: string): boolean {
  return name === '.' || name === '..' || PROTOCOLS.has(name) || PAGES.has(name);
}

/** Names of users, teams and organizations: 1 to 64 of letters, digits, `_`, `-`, `.`. @throws TriplineError invalid */
export function parseDirectoryName(text: string, path: string): string {
  if (isReserved(text))
    throw invalid(`${path} '${text}' is reserved: it is the start of an address of this server`, path);
  if (DIRECTORY_NAME.test(text)) return text;
  throw invalid(`${path} must be 1 to 64 of letters, digits, '_', '-' and '.'`, path);
}

const PROJECT_FORBIDDEN = /[/\\#?%:\p{Cc}]/u;

/** Names of projects: 1 to 128 characters, none of `/ \ # ? % :` and no control character. @throws TriplineError invalid */
export function parseProjectName(text: string): string {
  if (text.length >= 1 && text.length <= 128 && isStorable(text) && !PROJECT_FORBIDDEN.test(text)) return text;
  throw invalid(`project name '${text.slice(0, 140)}' must be 1 to 128 characters without / \\ # ? % :`, 'project');
}

const RUN_FORBIDDEN = /[/\\#?%:\p{Cc}]/u;

/** Ids of runs as the client chooses them: 1 to 128 characters, none of `/ \ # ? % :`. @throws TriplineError invalid */
export function parseRunName(text: string): string {
  if (text.length >= 1 && text.length <= 128 && isStorable(text) && !RUN_FORBIDDEN.test(text)) return text;
  throw invalid(`run id '${text.slice(0, 140)}' must be 1 to 128 characters without / \\ # ? % :`, 'run');
}

const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** Email addresses, as far as a pattern tells: at most 254 characters, one `@`, no space. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && isStorable(text) && EMAIL.test(text);
}
