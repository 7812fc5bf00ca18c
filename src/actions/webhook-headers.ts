import { z } from 'zod';

const NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}$/;
const CONTROL = /\p{Cc}/u;
const LONGEST_VALUE = 4096;
const MOST = 20;

/** What Tripline decides by itself, and what would change how the request is framed. */
const RESERVED = new Set(
  `content-type content-length transfer-encoding host connection keep-alive upgrade expect te trailer
   proxy-authorization proxy-connection user-agent idempotency-key x-wandb-signature
   webhook-id webhook-timestamp webhook-signature`.split(/\s+/),
);

/** Further headers of a webhook: names, and values that may hold variables and secrets. */
export const webhookHeadersSchema = z
  .record(z.string(), z.string(), {
    error: (issue) => (issue.code === 'invalid_type' ? 'must be an object of texts' : undefined),
  })
  .superRefine((headers, context) => {
    for (const message of faultsOf(headers)) context.addIssue({ code: 'custom', message });
  })
  .describe('further headers; values may hold variables, and secrets of this webhook');

function faultsOf(headers: Readonly<Record<string, string>>): readonly string[] {
  const names = Object.keys(headers);
  const lower = names.map((name) => name.toLowerCase());
  return [
    ...(names.length > MOST ? [`there may be at most ${MOST} further headers`] : []),
    ...(new Set(lower).size < lower.length ? ['a header stands twice, in capitals and small letters'] : []),
    ...names.filter((name) => !NAME.test(name)).map((name) => `'${name.slice(0, 128)}' cannot name a header`),
    ...names
      .filter((name) => RESERVED.has(name.toLowerCase()))
      .map((name) => `the header ${name} is set by the server and cannot be changed`),
    // a value is not repeated: it may be a secret that was put here by mistake
    ...Object.entries(headers)
      .filter(([, value]) => value.length > LONGEST_VALUE || CONTROL.test(value))
      .map(([name]) => `the value of ${name} must have at most ${LONGEST_VALUE} characters and no control character`),
  ];
}

/** A rendered value as a header can carry it: UTF-8, and nothing that could end the line. */
export function headerValue(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, ' ').trim();
  return Array.from(new TextEncoder().encode(line), (byte) => String.fromCharCode(byte)).join('');
}
