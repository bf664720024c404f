import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

const sdk = new URL('../../main/resources/webroot/sdk/', import.meta.url);
const { retryDelayMs } = await import(new URL('backoff.js', sdk));
const { PendingReplies } = await import(new URL('pending-replies.js', sdk));
const { RoomModel } = await import(new URL('room-model.js', sdk));
const { SignalingConnection } = await import(new URL('signaling-connection.js', sdk));
const { resumption } = await import(new URL('resumption.js', sdk));
const { IceRepair } = await import(new URL('ice-repair.js', sdk));
const { GrandstandError } = await import(new URL('grandstand-error.js', sdk));
const { Emitter } = await import(new URL('emitter.js', sdk));
const { mediaFigures } = await import(new URL('media-figures.js', sdk));

test('retries come at once, then later and later, then every seven seconds', () => {
  const withoutJitter = [0, 1, 2, 3, 4, 5, 6, 100].map((attempt) => retryDelayMs(attempt, () => 0.5));
  assert.deepEqual(withoutJitter, [0, 300, 1200, 2700, 4800, 7000, 7000, 7000]);
});

test('jitter stays within twenty per cent', () => {
  assert.equal(retryDelayMs(5, () => 0), 5600);
  assert.equal(retryDelayMs(5, () => 1), 8400);
});

test('a reply reaches whoever asked with its id, and nobody else', async () => {
  const pending = new PendingReplies();
  const first = pending.open('join', 1000);
  const second = pending.open('view', 1000);
  assert.ok(pending.settle({ type: 'ok', id: second.id }));
  assert.equal((await second.reply).type, 'ok');
  assert.ok(!pending.settle({ type: 'ok', id: second.id }));
  assert.ok(!pending.settle({ type: 'audience', count: 3 }));
  assert.equal(pending.size, 1);
  pending.settle({ type: 'error', id: first.id, code: 'bad-field', message: 'too long', field: 'name' });
  await assert.rejects(first.reply, { name: 'GrandstandError', code: 'bad-field', field: 'name' });
});

test('a request without an answer fails after its bound', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { reply } = new PendingReplies().open('chat', 500);
  mock.timers.tick(500);
  mock.timers.reset();
  await assert.rejects(reply, { code: 'timeout' });
});

test('the number of waiting requests is limited', async () => {
  const pending = new PendingReplies(1);
  pending.open('ping', 10).reply.catch(() => {});
  await assert.rejects(pending.open('ping', 10).reply, { code: 'rate-limited' });
  pending.failAll('closed', 'over');
});

const joined = () => ({
  type: 'joined', you: { id: 'p1', name: 'Ann', role: 'viewer' }, room: { id: 'r', title: 'Night', live: true },
  streams: [{ id: 'p3-camera', participant: 'p3', name: 'Zoe', kind: 'camera' }], audience: 3,
  roster: [{ id: 'p1', name: 'Ann', role: 'viewer' }, { id: 'p2', name: 'Bob', role: 'viewer' }, { id: 'p3', name: 'Zoe', role: 'presenter' }],
  chat: [{ id: 'm1', participant: 'p2', name: 'Bob', text: 'hi', at: 1 }], iceServers: [],
});

test('what happens around the stage changes how one stands', () => {
  const room = new RoomModel({ ...joined(), standing: { publish: false, chat: true, moderate: false, handRaised: false, invited: false } });
  room.apply({ type: 'handRaised', participant: joined().you });
  assert.ok(room.standing.handRaised && room.hands.has('p1'));
  room.apply({ type: 'invited', participant: { ...joined().you, role: 'presenter' } });
  assert.ok(room.standing.publish && !room.standing.handRaised && room.hands.size === 0);
  room.apply({ type: 'participantMuted', participant: 'p1', what: 'chat', muted: true });
  assert.equal(room.standing.chat, false);
  room.apply({ type: 'participantMuted', participant: 'p2', what: 'chat', muted: false });
  assert.equal(room.standing.chat, false);
  room.apply({ type: 'steppedDown', participant: 'p1', mayReturn: false });
  assert.equal(room.standing.publish, false);
  room.apply({ type: 'streamMuted', stream: 'p3-camera', muted: { audio: true, video: false } });
  assert.ok(room.streams.get('p3-camera').muted.audio);
  room.apply({ type: 'roomLocked', locked: true });
  assert.ok(room.locked);
});

test('whoever is on air comes first in the list of people, then you, then by name', () => {
  const room = new RoomModel(joined());
  room.apply({ type: 'participantJoined', participant: { id: 'p0', name: 'Abe', role: 'viewer' }, audience: 4 });
  assert.deepEqual(room.people().map((person) => person.name), ['Zoe', 'Ann', 'Abe', 'Bob']);
  assert.equal(room.headcount, 4);
});

test('a room follows arrivals, departures, names and streams', () => {
  const room = new RoomModel(joined());
  room.apply({ type: 'participantLeft', participant: 'p2', reason: 'left', audience: 2 });
  room.apply({ type: 'participantRenamed', participant: 'p3', name: 'Zoé' });
  assert.deepEqual(room.people().map((person) => person.name), ['Zoé', 'Ann']);
  assert.equal(room.streams.get('p3-camera').name, 'Zoé');
  assert.ok(room.apply({ type: 'streamStopped', stream: 'p3-camera' }));
  assert.ok(!room.apply({ type: 'streamStopped', stream: 'p3-camera' }));
  assert.equal(room.live, false);
});

test('a chat message counts once, and the history is bounded', () => {
  const room = new RoomModel(joined());
  assert.ok(!room.apply({ type: 'chat', message: { id: 'm1', text: 'hi' } }));
  for (let n = 0; n < 1000; n++) room.apply({ type: 'chat', message: { id: `n${n}`, text: 'x' } });
  assert.equal(room.chat.length, 600);
  assert.equal(room.chat.at(-1).id, 'n999');
});

test('messages of a newer server are ignored', () => {
  assert.equal(new RoomModel(joined()).apply({ type: 'reaction', emoji: '!' }), false);
});

test('a lost socket is dialled again with growing delays, and its requests fail', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const sockets = [];
  const states = [];
  const connection = new SignalingConnection('ws://here/ws',
    { opened() {}, message() {}, changed: (status) => states.push(`${status.state} ${status.retryInMs}`) },
    { random: () => 0.5, newSocket: () => { const s = { readyState: 0, send() {}, close() {} }; sockets.push(s); return s; } });
  connection.open();
  sockets[0].readyState = 1;
  sockets[0].onopen();
  const request = connection.request({ type: 'join' });
  sockets[0].onclose({ code: 1006 });
  await assert.rejects(request, { code: 'disconnected' });
  mock.timers.tick(0);
  sockets[1].onclose({ code: 1006 });
  mock.timers.tick(300);
  assert.equal(sockets.length, 3);
  connection.close();
  mock.timers.tick(60_000);
  mock.timers.reset();
  assert.equal(sockets.length, 3);
  assert.deepEqual(states, ['connecting 0', 'open 0', 'waiting 0', 'connecting 0', 'waiting 300', 'connecting 0', 'closed 0']);
});

test('frames that are no JSON or no message harm nothing', () => {
  const heard = [];
  const socket = { readyState: 1, send() {}, close() {} };
  const quiet = mock.method(console, 'warn', () => {});
  const connection = new SignalingConnection('ws://here/ws',
    { opened() {}, message: (message) => heard.push(message.type), changed() {} }, { newSocket: () => socket });
  connection.open();
  for (const data of ['{', 'null', '7', '{"type":3}', '{"type":"pong"}']) socket.onmessage({ data });
  connection.close();
  quiet.mock.restore();
  assert.deepEqual(heard, ['pong']);
});

test('one listener more or less does not disturb the others', () => {
  const events = new Emitter();
  const heard = [];
  const stop = events.on('x', () => { heard.push('a'); stop(); });
  events.on('x', () => heard.push('b'));
  events.emit('x');
  events.emit('x');
  assert.deepEqual(heard, ['a', 'b', 'b']);
});

test('figures are read from a report, the bitrate from two', () => {
  const report = (bytes, timestamp) => new Map(Object.entries({
    v: { type: 'inbound-rtp', kind: 'video', bytesReceived: bytes, packetsReceived: 98, packetsLost: 2, frameWidth: 640, frameHeight: 360, framesPerSecond: 25, framesDecoded: 50, jitter: 0.0042, timestamp, codecId: 'c' },
    a: { type: 'inbound-rtp', kind: 'audio', bytesReceived: 0, audioLevel: 0.25, timestamp },
    c: { type: 'codec', mimeType: 'video/VP8' },
    p: { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.012 },
  }));
  const first = mediaFigures(report(1000, 1000));
  const second = mediaFigures(report(126_000, 2000), first);
  assert.equal(second.kbps, 1000);
  assert.deepEqual([second.width, second.height, second.fps, second.codec], [640, 360, 25, 'VP8']);
  assert.equal(second.lossPercent, 2);
  assert.equal(second.roundTripMs, 12);
  assert.equal(second.jitterMs, 4.2);
  assert.equal(second.audioLevel, 0.25);
  assert.equal(mediaFigures([]).kbps, 0);
});

const resumed = (streams) => ({ ...joined(), you: { id: 'p3', name: 'Zoe', role: 'presenter' }, resumed: streams });
const end = (stream, isConnected = true) => ({ stream, isConnected });

test('connections that both sides still have live on', () => {
  const { livesOn, unwanted } = resumption(resumed(['p3-camera', 'p4-camera']), [end('p4-camera'), end('p5-camera')], [end('p3-camera')]);
  assert.deepEqual([...livesOn], ['p4-camera', 'p3-camera'].sort());
  assert.deepEqual(unwanted, []);
});

test('a connection that the server kept and that broke here may be repaired', () => {
  const { livesOn, broken } = resumption(resumed(['p4-camera', 'p9-camera']), [end('p4-camera', false), end('p5-camera', false)], []);
  assert.equal(livesOn.size, 0);
  assert.deepEqual([...broken], ['p4-camera']);
});

test('what is not wanted any more is given back', () => {
  assert.deepEqual(resumption(resumed(['p3-camera', 'p4-camera']), [], []).unwanted,
    [{ type: 'unpublish', stream: 'p3-camera' }, { type: 'unview', stream: 'p4-camera' }]);
});

test('who joined as somebody new has no connection that lives on', () => {
  const { livesOn, unwanted } = resumption(joined(), [end('p3-camera')], []);
  assert.equal(livesOn.size + unwanted.length, 0);
});

test('who comes back keeps the older messages, if none is missing between', () => {
  const message = (n) => ({ id: `m${n}`, text: 'x' });
  const before = new RoomModel({ ...joined(), chat: [1, 2, 3, 4].map(message), chatState: { before: 1 } });
  before.silenced.set('p9', { chat: true, microphone: false });
  const again = new RoomModel({ ...joined(), chat: [3, 4, 5].map(message), chatState: { before: 3 } }, before);
  assert.deepEqual([again.chat.map(({ id }) => id).join(), again.chatBefore], ['m1,m2,m3,m4,m5', 1]);
  assert.ok(again.silenced.get('p9').chat);
  const later = new RoomModel({ ...joined(), chat: [8, 9].map(message), chatState: { before: 8 } }, again);
  assert.deepEqual([later.chat.length, later.chatBefore], [2, 8]);
});

function repairing({ refuse = null, inside = true, connected = false } = {}) {
  const told = [];
  const owner = {
    restart: async (sdp) => { told.push(sdp); if (refuse) throw refuse; return 'answer'; },
    isInside: () => inside,
    anew: () => told.push('anew'),
  };
  const peer = { restart: async (ask) => { await ask('offer'); }, isConnected: connected };
  return { repair: new IceRepair(peer, owner), told, owner };
}
const turn = () => new Promise((resolve) => { setImmediate(resolve); });

test('ICE restarts after two seconds without the other side, not after a short gap', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { repair, told } = repairing();
  repair.changed('disconnected');
  mock.timers.tick(1999);
  repair.changed('connected');
  mock.timers.tick(5000);
  assert.deepEqual(told, []);
  repair.changed('disconnected');
  mock.timers.tick(2000);
  await turn();
  assert.deepEqual(told, ['offer']);
  repair.changed('connected');
  mock.timers.tick(60_000);
  mock.timers.reset();
  assert.deepEqual(told, ['offer']);
});

test('where a restart does not help, or is refused, the connection is made anew, once', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const helpless = repairing();
  helpless.repair.changed('failed');
  await turn();
  mock.timers.tick(6000);
  helpless.repair.changed('failed');
  await turn();
  const refused = repairing({ refuse: new GrandstandError('refused', 'this node cannot') });
  refused.repair.changed('failed');
  await turn();
  mock.timers.reset();
  assert.deepEqual(helpless.told, ['offer', 'anew']);
  assert.deepEqual(refused.told, ['offer', 'anew']);
});

test('a connection that worked all the while it was led another way is left alone', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const works = repairing({ connected: true });
  works.repair.run();
  await turn();
  mock.timers.tick(6000);
  works.repair.run();
  await turn();
  mock.timers.reset();
  assert.deepEqual(works.told, ['offer', 'offer']);
});

test('without a socket nothing is repaired: the next join knows what lives on', async () => {
  const away = repairing({ inside: false });
  away.repair.changed('failed');
  await turn();
  assert.deepEqual(away.told, []);
  const lost = repairing({ refuse: new GrandstandError('disconnected', 'gone') });
  lost.repair.changed('failed');
  await turn();
  await lost.repair.run();
  assert.deepEqual(lost.told, ['offer', 'offer']);
});
