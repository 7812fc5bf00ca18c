import { doesNotThrow, ok, strictEqual, throws } from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import { onOneDatabase } from '../support/databases.ts';
import type { Received } from '../support/receiver.ts';
import { rest } from '../support/rest.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import { metric } from '../support/wire-events.ts';

const TOKEN = 'the token of the receiver';
const KEY = 'the key of the signatures';
const NEW_KEY = 'the key after the rotation';

const verify = (secret: string, { body, headers }: Received) =>
  new Webhook(Buffer.from(secret).toString('base64')).verify(body, headers as Record<string, string>);

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  const ask = <Body>(scene: Scene, method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: object) =>
    rest<Body>(scene.server, scene.person.key, `/entities/${scene.team}${path}`, {
      method,
      ...(body === undefined ? {} : { body }),
    });

  scenario(
    'AUT-102, AUT-127: a webhook that is given secrets signs from then on, with both keys while one is rotated',
    async (scene) => {
      const watch = await scene.automation(metric('loss', '$gt', 10));
      for (const [name, value] of Object.entries({ TOKEN, KEY })) await ask(scene, 'POST', '/secrets', { name, value });
      const { items } = await ask<{ items: { id: string }[] }>(scene, 'GET', '/integrations');
      await ask(scene, 'PATCH', `/integrations/${items[0]?.id}`, { accessTokenRef: 'TOKEN', secretRef: 'KEY' });
      await (await scene.run()).log({ loss: 11 });
      const [first] = await watch.inbox.exactly(1);
      strictEqual(first?.headers.authorization, `Bearer ${TOKEN}`);
      doesNotThrow(() => verify(KEY, first!));

      await ask(scene, 'PUT', '/secrets/KEY', { value: NEW_KEY, overlapHours: 1 });
      await (await scene.run()).log({ loss: 11 });
      const second = (await watch.inbox.exactly(2))[1]!;
      for (const key of [KEY, NEW_KEY]) doesNotThrow(() => verify(key, second));
      throws(() => verify(NEW_KEY, first!));

      await watch.fires(2);
      const kept = [];
      for (const { id } of await watch.executions()) kept.push(await ask(scene, 'GET', `/executions/${id}`));
      const text = JSON.stringify(kept) + scene.server.log;
      for (const secret of [TOKEN, KEY, NEW_KEY]) ok(!text.includes(secret), secret);
    },
  );
});
