import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const webroot = new URL('../../main/resources/webroot/', import.meta.url);
const read = (path, base = webroot) => readFile(new URL(path, base), 'utf8');

test('the example in the documentation is the one that runs', async () => {
  const [, example] = /```js\n(.*?)```/s.exec(await read('../../../../../docs/sdk.md'));
  assert.equal(example, await read('sdk/example.js'));
  assert.ok(example.split('\n').length <= 31, 'the example is short');
});

test('the documentation names every event and every member of the client', async () => {
  const source = await read('sdk/grandstand-client.js');
  const media = await read('sdk/room-media.js');
  const document = await read('../../../../../docs/sdk.md');
  const events = [...`${source}${media}`.matchAll(/emit\('(\w+)'/g)].map(([, name]) => name);
  const members = [...source.matchAll(/^ {2}(?:get |async )?([a-z]\w*)(?: =|\()/gm)].map(([, name]) => name).filter((name) => name !== 'constructor');
  for (const name of [...events, ...members]) assert.ok(new RegExp(`[\`.(]${name}\\b`).test(document), name);
  assert.ok(events.length > 8 && members.length > 15);
});

test('the SDK knows nothing of the pages', async () => {
  for (const file of await readdir(new URL('sdk/', webroot))) {
    const imports = [...(await read(`sdk/${file}`)).matchAll(/^(?:import|export) .* from '([^']+)'/gm)].map(([, from]) => from);
    for (const from of imports) assert.match(from, /^\.\/[\w-]+\.js$/, `${file} imports ${from}`);
  }
});
