import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const root = new URL('../../main/resources/webroot/', import.meta.url);
const { slug, randomSlug, isRoomId } = await import(new URL('text/slug.js', root));
const { chatTime, count, counted, hue, initials, names, waitWords, bitrate } = await import(new URL('text/format.js', root));
const { captureWords, refusalWords } = await import(new URL('text/failure-words.js', root));
const { layOut } = await import(new URL('ui/grid-layout.js', root));

test('a title becomes an address', () => {
  assert.equal(slug('Opening Night!'), 'opening-night');
  assert.equal(slug('  Café — été 2026 '), 'cafe-ete-2026');
  assert.equal(slug("Ann's Straße"), 'anns-strasse');
  assert.equal(slug('日本語'), '');
  assert.equal(slug('---'), '');
});

test('an address is always one that the server takes', () => {
  for (const title of ['x'.repeat(200), `${'a'.repeat(63)} b`, 'A', '9 lives', '<b>x</b>']) {
    assert.ok(isRoomId(slug(title)), title);
  }
  assert.ok(isRoomId(randomSlug(() => 0)));
  assert.ok(isRoomId(randomSlug(() => 0.999999)));
  assert.ok(!isRoomId('-a') && !isRoomId('A') && !isRoomId('') && !isRoomId('a'.repeat(65)));
});

test('numbers and waits read as people say them', () => {
  assert.equal(count(9999), '9,999');
  assert.equal(count(12_345), '12.3K');
  assert.equal(counted(1, 'viewer'), '1 viewer');
  assert.equal(counted(0, 'viewer'), '0 viewers');
  assert.equal(waitWords(0), 'any moment now');
  assert.equal(waitWords(undefined), 'any moment now');
  assert.equal(waitWords(12_000), 'in about 15 seconds');
  assert.equal(waitWords(61_000), 'in about 1 minute');
  assert.equal(waitWords(200_000), 'in about 3 minutes');
  assert.equal(bitrate(1500), '1.50 Mbit/s');
});

test('names are listed briefly, initials are at most two', () => {
  assert.equal(names(['Ann', 'Bob']), 'Ann and Bob');
  assert.equal(names(['Ann', 'Bob', 'Cy', 'Di']), 'Ann, Bob and 2 more');
  assert.equal(initials('Ann Lee Smith'), 'AS');
  assert.equal(initials('🎸 band'), '🎸B');
  assert.equal(initials(' '), '?');
});

test('a chat time names the day only when it is not today', () => {
  const now = new Date(2026, 4, 3, 20, 0).getTime();
  assert.equal(chatTime(new Date(2026, 4, 3, 9, 5).getTime(), now, 'en-GB'), '09:05');
  assert.equal(chatTime(new Date(2026, 4, 2, 9, 5).getTime(), now, 'en-GB'), '2 May, 09:05');
});

test('a hue is stable and within the circle', () => {
  assert.equal(hue('room'), hue('room'));
  for (const text of ['', 'a', '日本']) assert.ok(hue(text) >= 0 && hue(text) < 360);
});

test('every error code of the protocol has words', async () => {
  const protocol = await readFile(new URL('../../../../docs/protocol.md', import.meta.url), 'utf8');
  const [, list] = /Error codes: (.*?)\n\n/s.exec(protocol);
  const ours = ['timeout', 'disconnected', 'negotiation-failed', 'kicked', 'room-closed', 'expired'];
  // Whoever gets one of these has a client that does not speak the protocol; there is nothing that people could do.
  const forDevelopers = ['bad-json', 'unknown-type', 'missing-field', 'bad-field', 'internal'];
  const codes = [...list.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code).filter((code) => !forDevelopers.includes(code)).concat(ours);
  assert.ok(codes.length > 20);
  for (const code of codes) assert.notEqual(refusalWords({ code }).title, 'Something went wrong', code);
  assert.match(refusalWords({ code: 'bad-field', field: 'name' }).text, /40/);
  assert.match(refusalWords({ code: 'internal', message: 'boom' }).text, /boom/);
});

test('every failure of a camera has words and a way out', () => {
  for (const name of ['NotAllowedError', 'NotFoundError', 'NotReadableError', 'OverconstrainedError', 'UnsupportedError', 'Other']) {
    const words = captureWords({ name });
    assert.ok(words.title && words.text, name);
  }
});

const inside = (tiles, width, height) => tiles.every((tile) =>
  tile.x >= 0 && tile.y >= 0 && tile.x + tile.width <= width + 1 && tile.y + tile.height <= height + 1);
const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test('tiles stay inside the stage and never overlap, for any number and shape', () => {
  for (const [width, height] of [[1280, 720], [360, 640], [900, 300], [200, 900]]) {
    for (let n = 1; n <= 17; n++) {
      for (const featured of [-1, 0, n - 1]) {
        const tiles = layOut({ width, height, count: n, featured });
        assert.equal(tiles.length, n);
        assert.ok(inside(tiles, width, height), `${n} in ${width}×${height}, featured ${featured}`);
        tiles.forEach((tile, i) => tiles.slice(i + 1).forEach((other) => assert.ok(!overlap(tile, other))));
      }
    }
  }
});

test('one tile fills the stage, and a featured one is the largest', () => {
  assert.deepEqual(layOut({ width: 1600, height: 900, count: 1 }), [{ x: 0, y: 0, width: 1600, height: 900 }]);
  const tiles = layOut({ width: 1280, height: 720, count: 4, featured: 2 });
  assert.equal(Math.max(...tiles.map((tile) => tile.width)), tiles[2].width);
});

test('a stage without room or tiles is no error', () => {
  assert.deepEqual(layOut({ width: 0, height: 0, count: 3 }), []);
  assert.deepEqual(layOut({ width: 100, height: 100, count: 0 }), []);
});
