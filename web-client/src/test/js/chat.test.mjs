import assert from 'node:assert/strict';
import { test } from 'node:test';

const root = new URL('../../main/resources/webroot/', import.meta.url);
const { richText, safeAddress } = await import(new URL('chat/rich-text.js', root));
const { ChatSampler } = await import(new URL('chat/chat-sampler.js', root));
const { SlowMode } = await import(new URL('chat/slow-mode.js', root));
const { REACTIONS, risingOf } = await import(new URL('chat/reactions.js', root));
const { ChatOutbox } = await import(new URL('sdk/chat-outbox.js', root));
const { RoomChat } = await import(new URL('sdk/room-chat.js', root));
const { RoomModel } = await import(new URL('sdk/room-model.js', root));
const { GrandstandError } = await import(new URL('sdk/grandstand-error.js', root));

const links = (text) => richText(text).filter(({ kind }) => kind === 'link').map(({ href }) => href);
const rejoined = (text, mentions) => richText(text, mentions).map((part) => part.text).join('');

test('addresses become links, without what ends the sentence', () => {
  assert.deepEqual(links('See https://example.org/a?b=1&c=2#d, or http://example.com.'), ['https://example.org/a?b=1&c=2#d', 'http://example.com/']);
  assert.deepEqual(links('(https://en.example.org/wiki/Rust_(game))'), ['https://en.example.org/wiki/Rust_(game)']);
  assert.deepEqual(links('HTTPS://EXAMPLE.ORG!!!'), ['https://example.org/']);
  assert.deepEqual(links('<https://example.org>"x'), ['https://example.org/']);
});

test('nothing but http and https is ever a link', () => {
  for (const text of ['javascript:alert(1)', 'jAvAsCrIpT:alert(1)//https', 'data:text/html,<b>', 'vbscript:x', 'file:///etc/passwd',
    'ftp://example.org', '//example.org', 'https://', 'http://:80', 'https://you@evil.example', 'https://a:b@evil.example/', 'blob:https:x', 'https://[bad']) {
    assert.deepEqual(links(text).filter((href) => !/^https?:\/\/[a-z]/.test(href)), [], text);
    assert.equal(safeAddress('javascript:alert(1)'), null);
  }
  assert.deepEqual(links('https://you@evil.example'), []);
  assert.deepEqual(links('javascript:alert("https://example.org")'), ['https://example.org/']);
});

test('a text comes out of its parts as it went in', () => {
  for (const text of ['', '<img src=x onerror=alert(1)>', '@Ann https://x.example/@Ann @', '🎉 日本 @ann', 'a\nb  c']) {
    assert.equal(rejoined(text, [{ participant: 'p', name: 'Ann' }]), text);
  }
});

test('names are marked where the server found them mentioned, in whatever case, as whole words', () => {
  const mentions = [{ participant: 'p1', name: 'Ann' }, { participant: 'p2', name: 'Ann Lee' }];
  const marked = (text) => richText(text, mentions).filter(({ kind }) => kind === 'mention').map(({ text: t, participant }) => `${t}=${participant}`);
  assert.deepEqual(marked('@ann and @Ann Lee!'), ['@ann=p1', '@Ann Lee=p2']);
  assert.deepEqual(marked('@Annabel me@ann Ann'), []);
  assert.deepEqual(richText('@Ann', []), [{ kind: 'text', text: '@Ann' }]);
});

test('up to twenty messages a second are shown, of more only some, and a figure says how many', () => {
  let now = 0;
  const sampler = new ChatSampler({ now: () => now });
  const second = (n) => Array.from({ length: n }, (_, i) => { now += 1000 / n; return sampler.take(i === n - 1); }).filter(Boolean).length;
  assert.equal(second(20), 20);
  assert.equal(sampler.rate, 0);
  second(200);
  assert.ok(second(200) <= 22);
  assert.ok(sampler.rate > 150 && sampler.rate < 250, `rate ${sampler.rate}`);
  now += 3000;
  assert.equal(sampler.rate, 0);
  assert.ok(sampler.take());
});

test('what concerns the reader is always shown', () => {
  const sampler = new ChatSampler({ now: () => 0 });
  for (let n = 0; n < 50; n++) sampler.take();
  assert.equal(sampler.take(), false);
  assert.equal(sampler.take(true), true);
});

test('slow mode counts down from the last message, not for moderators', () => {
  let now = 0;
  const slow = new SlowMode(() => now);
  slow.said();
  assert.equal(slow.words, '');
  slow.seconds = 30;
  assert.equal(slow.waitSeconds, 30);
  now = 29_001;
  assert.match(slow.words, /again in 1 s/);
  now = 30_000;
  assert.equal(slow.waitSeconds, 0);
  assert.match(slow.words, /every 30 s/);
  slow.said();
  slow.exempt = true;
  assert.equal(slow.waitSeconds, 0);
});

test('of many reactions a part rises, of each kind at least one', () => {
  assert.deepEqual(risingOf({ heart: 2, clap: 1 }), ['heart', 'heart', 'clap']);
  const many = risingOf({ heart: 100_000, sad: 1 });
  assert.ok(many.length <= 13 && many.includes('sad'));
  assert.deepEqual(risingOf({ unknown: 3 }), []);
  assert.equal(new Set(REACTIONS.map(({ code }) => code)).size, 8);
});

function post(answers) {
  const sent = [];
  const later = [];
  let now = 0;
  const outbox = new ChatOutbox((message) => {
    sent.push(message);
    const answer = answers.shift() ?? new GrandstandError('disconnected', 'gone');
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }, { now: () => now, later: (action) => later.push(action), newId: () => `k${sent.length}` });
  return { outbox, sent, later, pass: (ms) => { now += ms; } };
}
const settled = () => new Promise((resolve) => { setImmediate(resolve); });

test('a message whose answer was lost is sent again under the same name', async () => {
  const { outbox, sent } = post([new GrandstandError('disconnected', 'gone'), { message: 'm1' }]);
  const said = outbox.send('Hello');
  await settled();
  outbox.resend();
  assert.deepEqual(await said, { message: 'm1' });
  assert.deepEqual(sent.map(({ clientId }) => clientId), ['k0', 'k0']);
  assert.equal(outbox.size, 0);
});

test('it is not sent twice at a time, and tried again by itself', async () => {
  const { outbox, sent, later } = post([new GrandstandError('timeout', 'late'), { message: 'm1' }]);
  const said = outbox.send('Hello');
  outbox.resend();
  assert.equal(sent.length, 1);
  await settled();
  later.shift()();
  assert.deepEqual(await said, { message: 'm1' });
});

test('a refusal is final, and so is a minute', async () => {
  const refused = post([new GrandstandError('rate-limited', 'slow down')]);
  await assert.rejects(refused.outbox.send('Hello'), { code: 'rate-limited' });
  const lost = post([]);
  const said = lost.outbox.send('Hello');
  await settled();
  lost.pass(61_000);
  lost.outbox.resend();
  await assert.rejects(said, { code: 'disconnected' });
  assert.equal(lost.outbox.size, 0);
});

test('at most sixteen are on their way, and leaving ends them', async () => {
  const { outbox } = post([]);
  const under = Array.from({ length: 16 }, () => outbox.send('Hello'));
  await assert.rejects(outbox.send('one more'), { code: 'rate-limited' });
  outbox.failAll(new GrandstandError('closed', 'left'));
  for (const one of under) await assert.rejects(one, { code: 'closed' });
});

const joined = () => ({
  you: { id: 'p1', name: 'Ann', role: 'moderator' }, room: { id: 'r', title: 'Night' },
  chat: [{ id: 'm51', text: 'x' }, { id: 'm52', text: 'y' }],
  chatState: { before: 51, slowModeSeconds: 10, reactions: { heart: 3 }, pinned: { id: 'm1', text: 'rules' } },
});

test('a room knows how its chat stands and follows it', () => {
  const room = new RoomModel(joined());
  assert.ok(room.moderating);
  assert.deepEqual([room.chatBefore, room.slowModeSeconds, room.pinned.id, room.reactions.heart], [51, 10, 'm1', 3]);
  room.apply({ type: 'messageDeleted', message: 'm51' });
  room.apply({ type: 'messageDeleted', message: 'm1' });
  room.apply({ type: 'slowMode', seconds: 0 });
  room.apply({ type: 'reactions', counts: { heart: 1 }, totals: { heart: 4 } });
  assert.deepEqual([room.chat.length, room.pinned, room.slowModeSeconds, room.reactions.heart], [1, null, 0, 4]);
  room.apply({ type: 'messagePinned', message: { id: 'm52' } });
  assert.equal(room.pinned.id, 'm52');
  room.apply({ type: 'chatCleared' });
  assert.deepEqual([room.chat.length, room.pinned, room.chatBefore], [0, null, null]);
});

test('older messages come page by page, and once', async () => {
  const room = new RoomModel(joined());
  const asked = [];
  const chat = new RoomChat((message) => {
    asked.push(message);
    return Promise.resolve(message.before === 51 ? { messages: [{ id: 'm49' }, { id: 'm50' }], before: 49 } : { messages: [{ id: 'm48' }, { id: 'm49' }] });
  }, () => room);
  const [first, same] = await Promise.all([chat.older(), chat.older()]);
  assert.equal(first, same);
  assert.deepEqual((await chat.older()).map(({ id }) => id), ['m48']);
  assert.deepEqual(await chat.older(), []);
  assert.deepEqual(room.chat.map(({ id }) => id), ['m48', 'm49', 'm50', 'm51', 'm52']);
  assert.equal(asked.length, 2);
});
