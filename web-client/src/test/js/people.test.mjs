import assert from 'node:assert/strict';
import { test } from 'node:test';

const root = new URL('../../main/resources/webroot/', import.meta.url);
const { PeoplePages } = await import(new URL('listing/people-pages.js', root));
const { nameMatches } = await import(new URL('text/name-match.js', root));
const { wishWords } = await import(new URL('text/failure-words.js', root));
const { RoomModel } = await import(new URL('sdk/room-model.js', root));
const { personActions } = await import(new URL('ui/person-menu.js', root));

const person = (id, name = id, role = 'viewer') => ({ id, name, role });
const room = (more = {}) => new RoomModel({
  you: person('p1', 'Ann', 'moderator'), standing: { publish: true, chat: true, moderate: true }, room: { id: 'r' }, audience: 3,
  roster: [person('p1', 'Ann', 'moderator'), person('p2', 'Bob'), person('p3', 'Zoe', 'presenter')],
  streams: [{ id: 's3', participant: 'p3', name: 'Zoe', kind: 'camera', muted: { audio: false, video: false } }], ...more,
});

test('a name is found by the beginning of any of its words, whatever case and accents', () => {
  assert.ok(nameMatches('Ángel García', 'garc'));
  assert.ok(nameMatches('Ángel García', 'ANGEL'));
  assert.ok(nameMatches('Ángel García', 'gar an'));
  assert.ok(nameMatches('Jean-Luc', 'luc'));
  assert.ok(nameMatches('anybody', '  '));
  assert.ok(!nameMatches('Ángel García', 'cia'));
});

test('pages are asked for one after the other, and nobody is listed twice', async () => {
  const answers = { '': { people: [person('a'), person('b')], cursor: 'c1' }, c1: { people: [person('b'), person('c')] } };
  const pages = new PeoplePages(({ cursor = '' }) => Promise.resolve(answers[cursor]), () => {});
  await pages.start();
  assert.ok(pages.hasMore);
  await pages.more();
  assert.deepEqual(pages.people.map(({ id }) => id), ['a', 'b', 'c']);
  assert.ok(!pages.hasMore);
});

test('an empty page that is not the last is turned by itself, but not for ever', async () => {
  let asked = 0;
  const some = new PeoplePages(() => Promise.resolve(++asked < 3 ? { people: [], cursor: `c${asked}` } : { people: [person('a')] }), () => {});
  await some.start('a');
  assert.deepEqual([asked, some.people.length], [3, 1]);
  const never = new PeoplePages(() => Promise.resolve({ people: [], cursor: 'again' }), () => {});
  await never.start();
  assert.ok(never.hasMore && !never.loading);
});

test('the answer to an older query is dropped', async () => {
  const waiting = [];
  const pages = new PeoplePages(() => new Promise((resolve) => { waiting.push(resolve); }), () => {});
  const first = pages.start('a');
  const second = pages.start('b');
  waiting[1]({ people: [person('b')] });
  waiting[0]({ people: [person('a')] });
  await Promise.all([first, second]);
  assert.deepEqual(pages.people.map(({ id }) => id), ['b']);
});

test('a failed page keeps what is shown and can be asked for again', async () => {
  let fails = false;
  const pages = new PeoplePages(() => (fails ? Promise.reject(new Error('no')) : Promise.resolve({ people: [person('a')], cursor: 'c' })), () => {});
  await pages.start();
  fails = true;
  await pages.more();
  assert.ok(pages.failure && pages.people.length === 1 && pages.hasMore);
  fails = false;
  await pages.more();
  assert.equal(pages.failure, null);
});

test('a first page that failed is asked for again, whatever was shown before', async () => {
  const asked = [];
  const pages = new PeoplePages((which) => {
    asked.push(which);
    return asked.length === 2 ? Promise.reject(new Error('no')) : Promise.resolve({ people: [person('a')], cursor: 'c' });
  }, () => {});
  await pages.start('a');
  await pages.start('b');
  assert.equal(pages.answered, 'a');
  await pages.more();
  assert.deepEqual(asked, [{ query: 'a' }, { query: 'b' }, { query: 'b' }]);
  assert.deepEqual([pages.answered, pages.failure], ['b', null]);
});

test('in a large room only who presents, and you, stay known by name', () => {
  const large = room();
  large.apply({ type: 'audience', count: 5000 });
  assert.deepEqual(large.people().map(({ name }) => name), ['Zoe', 'Ann']);
  assert.ok(large.partial);
  large.apply({ type: 'streamStarted', stream: { id: 's9', participant: 'p9', name: 'Max', kind: 'camera' } });
  assert.deepEqual(large.people().map(({ name, role }) => `${name} ${role}`), ['Max presenter', 'Zoe presenter', 'Ann moderator']);
});

test('a small room knows everybody', () => {
  assert.ok(!room().partial);
});

test('whom moderators silenced is known until they are allowed again', () => {
  const here = room();
  here.apply({ type: 'participantMuted', participant: 'p2', what: 'chat', muted: true });
  here.apply({ type: 'participantMuted', participant: 'p2', what: 'microphone', muted: true });
  here.apply({ type: 'participantMuted', participant: 'p2', what: 'chat', muted: false });
  assert.deepEqual(here.described(person('p2')).silenced, { chat: false, microphone: true });
  here.apply({ type: 'participantLeft', participant: 'p2', audience: 2 });
  assert.equal(here.silenced.size, 0);
});

test('whom moderators silenced before is told to who comes, and in pages to moderators', () => {
  const bob = { ...person('p2', 'Bob'), silenced: { chat: true, microphone: false } };
  const here = room({ roster: [person('p1', 'Ann', 'moderator'), bob], standing: { moderate: true } });
  assert.deepEqual(here.described(bob).silenced, bob.silenced);
  here.apply({ type: 'participantMuted', participant: 'p2', what: 'chat', muted: false });
  assert.deepEqual(here.described(bob).silenced, { chat: false, microphone: false });
  here.listed([{ ...person('p7'), silenced: { chat: false, microphone: true } }, person('p2')]);
  assert.deepEqual([...here.silenced.keys()], ['p7']);
  const viewer = room({ standing: {}, you: person('p1', 'Ann') });
  viewer.apply({ type: 'participantMuted', participant: 'p3', what: 'chat', muted: true });
  viewer.listed([person('p3')]);
  assert.ok(viewer.silenced.has('p3'));
});

test('a menu offers what is of use with somebody, and no power over moderators', () => {
  const here = room();
  const offered = (who) => personActions(here.described(here.roster.get(who) ?? who), {}, () => {}).map(({ testId }) => testId.replace('person-', ''));
  assert.deepEqual(offered('p2'), ['invite', 'take-down', 'mute-microphone', 'mute-chat', 'kick', 'ban']);
  assert.deepEqual(offered('p3'), ['take-down', 'mute-microphone', 'mute-chat', 'kick', 'ban']);
  assert.deepEqual(offered(person('p7', 'Mo', 'moderator')), ['invite']);
});

test('a refused wish says why in the words of the server, as a sentence', () => {
  assert.deepEqual(wishWords({ code: 'refused', message: 'you are on the stage already' }), { title: 'Not allowed here', text: 'You are on the stage already.' });
  assert.match(wishWords({ code: 'unavailable', message: 'internal words' }).text, /Try again/);
});
