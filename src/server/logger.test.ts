import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { describe, test } from 'node:test';
import { createLogger } from './logger.ts';

function linesOf(work: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  const write = (line: Buffer, _encoding: string, done: () => void): void => {
    lines.push(line.toString());
    done();
  };
  work(createLogger('info', new Writable({ write })));
  return lines.join('');
}

describe('the log', () => {
  test('holds no secret, at any depth that we log', () => {
    const text = linesOf((log) => {
      log.info({ authorization: 'hush', apiKey: 'hush' });
      log.info({ headers: { authorization: 'hush', cookie: 'hush' }, user: { password: 'hush' } });
      log.info({ request: { headers: { authorization: 'hush' } } });
      log.child({ token: 'hush' }).info({ webhook: { secret: 'hush' } });
    });
    assert.ok(!text.includes('hush'), text);
  });

  test('names a request by its path, without the query string', () => {
    const text = linesOf((log) => log.info({ req: { method: 'GET', url: '/files/x?signature=hush' } }));
    assert.match(text, /"path":"\/files\/x"/);
    assert.ok(!text.includes('hush'), text);
  });

  test('tells an error with its stack', () => {
    assert.match(
      linesOf((log) => log.error({ err: new Error('why') })),
      /"stack":"Error: why/,
    );
  });
});
