import type { KeptRequest } from './kept.ts';

/** What stands in place of a secret. */
const MASK = '[masked]';

/**
 * A request as a command of the shell. What was masked becomes a variable, so that no secret stands in the command;
 * the address is one too, for its path may be a credential.
 */
export function curlCommand({ method, headers }: KeptRequest, payload: string): string {
  const given = Object.entries(headers).map(([name, value]) => {
    return `-H ${shellText(`${name}: ${value}`, variable(name))}`;
  });
  return [`curl -X ${method} "$WEBHOOK_URL"`, ...given, `--data-raw ${shellText(payload, 'SECRET')}`].join(' \\\n  ');
}

function shellText(text: string, secret: string): string {
  return text.split(MASK).map(quoted).join(`"$${secret}"`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function variable(header: string): string {
  return header.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
}
