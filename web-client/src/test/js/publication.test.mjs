import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

const sdk = new URL('../../main/resources/webroot/sdk/', import.meta.url);
const { GrandstandError } = await import(new URL('grandstand-error.js', sdk));
const { Publication } = await import(new URL('publication.js', sdk));

/** A browser's end of a connection as far as a publication knows it. */
class FakeConnection {
  static all = [];
  localDescription = null;
  remoteDescription = null;
  connectionState = 'new';

  constructor() {
    FakeConnection.all.push(this);
  }

  addTransceiver(track) { this.sender = { track, setParameters() {} }; }
  getTransceivers() { return [{ sender: this.sender }]; }
  async createOffer() { return { sdp: `offer ${FakeConnection.all.indexOf(this)}` }; }
  async setLocalDescription(offer) { this.localDescription = offer; }
  async setRemoteDescription(answer) { this.remoteDescription = answer; }
  close() { this.connectionState = 'closed'; }
  finds(candidate) { this.onicecandidate({ candidate: { candidate, sdpMid: '0', sdpMLineIndex: 0 } }); }
  becomes(state) {
    this.connectionState = state;
    this.onconnectionstatechange();
  }
}

beforeEach(() => {
  FakeConnection.all = [];
  globalThis.RTCPeerConnection = FakeConnection;
  globalThis.MediaStream = class { addTrack() {} };
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
});

afterEach(() => mock.timers.reset());

const turn = () => new Promise((resolve) => { setImmediate(resolve); });

/** A server that gives these replies in turn, the last one for ever: an error code, or nothing for an answer. */
function publishing(...replies) {
  const told = [];
  const states = [];
  const session = {
    request: async (message) => {
      told.push(message.type);
      const code = replies.length > 1 ? replies.shift() : replies[0];
      if (code) throw new GrandstandError(code, code);
      return { sdp: 'answer' };
    },
    send: (message) => told.push(message.type),
    iceServers: () => [],
    isInside: () => true,
    participantId: () => 'p1',
    changed: (publication) => states.push(publication.state),
  };
  const media = { getTracks: () => [{ kind: 'video' }] };
  return { publication: new Publication('camera', media, session), told, states };
}

async function pass(ms) {
  mock.timers.tick(ms);
  await turn();
}

test('a start that is refused for a moment goes on by itself', async () => {
  const { publication, told, states } = publishing('unavailable', 'timeout', '');
  const started = publication.start();
  await turn();
  assert.equal(publication.state, 'retrying');
  assert.equal(publication.error.code, 'unavailable');
  await pass(400);
  await pass(400);
  await started;
  assert.deepEqual(told, ['publish', 'publish', 'publish']);
  assert.equal(publication.error, null);
  FakeConnection.all.at(-1).becomes('connected');
  assert.equal(publication.state, 'live');
  assert.deepEqual(states, ['retrying', 'connecting', 'live']);
  assert.ok(FakeConnection.all.slice(0, -1).every((one) => one.connectionState === 'closed'));
});

test('a start that nobody will ever allow fails at once', async () => {
  const { publication, told } = publishing('not-invited');
  await assert.rejects(publication.start(), { code: 'not-invited' });
  assert.equal(publication.state, 'failed');
  await pass(60_000);
  assert.deepEqual(told, ['publish']);
});

test('a start is not tried for ever', async () => {
  mock.method(performance, 'now', () => Date.now());
  const { publication, told } = publishing('unavailable');
  const started = assert.rejects(publication.start(), { code: 'unavailable' });
  for (let second = 0; second < 40; second++) await pass(1000);
  await started;
  mock.restoreAll();
  assert.equal(publication.state, 'failed');
  assert.ok(told.length > 4 && told.length < 12, `attempts: ${told.length}`);
});

test('who waits for a seat goes on when it is granted, however late', async () => {
  mock.method(performance, 'now', () => Date.now());
  const { publication, told } = publishing('no-seat', 'no-seat', '');
  const started = publication.start();
  await turn();
  await pass(60_000);
  mock.restoreAll();
  assert.equal(told.length, 2);
  publication.restartIfWaiting();
  await started;
  publication.restartIfWaiting();
  await turn();
  assert.equal(told.length, 3);
});

test('a start outlives a lost socket', async () => {
  const { publication } = publishing('disconnected', '');
  const started = publication.start();
  await turn();
  publication.pause();
  await pass(60_000);
  await turn();
  publication.restart();
  await started;
  assert.equal(publication.state, 'connecting');
});

test('what is stopped before it began is over', async () => {
  const { publication, told } = publishing('unavailable', '');
  const started = publication.start();
  await turn();
  publication.close();
  await assert.rejects(started, { code: 'closed' });
  await pass(60_000);
  assert.deepEqual(told, ['publish']);
  assert.equal(publication.state, 'stopped');
});

test('what was on air is tried again for as long as it takes', async () => {
  mock.method(performance, 'now', () => Date.now());
  const { publication, told } = publishing('', 'unavailable', 'unavailable', 'unavailable', 'unavailable', 'unavailable', 'unavailable', '');
  await publication.start();
  publication.restart();
  for (let second = 0; second < 60; second++) await pass(1000);
  mock.restoreAll();
  assert.equal(told.length, 8);
  assert.equal(publication.state, 'connecting');
});

test('candidates that the offer has are not told apart, those that come later are', async () => {
  const { publication, told } = publishing('');
  const started = publication.start();
  FakeConnection.all[0].finds('candidate:1');
  await started;
  assert.deepEqual(told, ['publish']);
  FakeConnection.all[0].finds('candidate:2');
  assert.deepEqual(told, ['publish', 'candidate']);
});

test('what is lost is closed when the next offer is on its way, and not before', async () => {
  const { publication, told } = publishing('');
  await publication.start();
  const [former] = FakeConnection.all;
  publication.restart();
  assert.equal(former.connectionState, 'new');
  assert.deepEqual(told, ['publish']);
  await turn();
  assert.deepEqual(told, ['publish', 'publish']);
  assert.equal(former.connectionState, 'closed');
});

const said = (told) => told.filter((type) => type !== 'candidate');

test('a move goes on with the former connection until the audience is on the new one', async () => {
  const { publication, told, states } = publishing('');
  await publication.start();
  const [former] = FakeConnection.all;
  former.becomes('connected');
  publication.migrate();
  await turn();
  const next = FakeConnection.all.at(-1);
  assert.notEqual(next, former);
  assert.equal(former.connectionState, 'connected');
  assert.deepEqual(said(told), ['publish', 'publish']);
  next.becomes('connected');
  assert.equal(former.connectionState, 'connected');
  await turn();
  assert.equal(former.connectionState, 'closed');
  assert.equal(publication.connection, next);
  assert.deepEqual(said(told), ['publish', 'publish', 'migrated']);
  assert.deepEqual(states, ['connecting', 'live']);
});

test('a move that is refused for a moment is tried again, and nobody is off air', async () => {
  const { publication, told, states } = publishing('', 'unavailable', '');
  await publication.start();
  const [former] = FakeConnection.all;
  former.becomes('connected');
  publication.migrate();
  await turn();
  assert.ok(publication.isConnected);
  await pass(500);
  const next = FakeConnection.all.at(-1);
  next.becomes('connected');
  await turn();
  assert.deepEqual(said(told), ['publish', 'publish', 'publish', 'migrated']);
  assert.equal(former.connectionState, 'closed');
  assert.deepEqual(states, ['connecting', 'live']);
});

test('a move that does not come about ends with the former connection', async () => {
  const { publication } = publishing('', 'bad-sdp', '');
  await publication.start();
  const [former] = FakeConnection.all;
  former.becomes('connected');
  publication.migrate();
  await turn();
  assert.equal(publication.state, 'live');
  publication.restart();
  await turn();
  assert.equal(former.connectionState, 'closed');
  assert.equal(publication.state, 'connecting');
});

test('another camera is put into both connections of a move', async () => {
  const { publication } = publishing('');
  await publication.start();
  FakeConnection.all[0].becomes('connected');
  publication.migrate();
  await turn();
  const replaced = [];
  for (const one of FakeConnection.all) one.sender.replaceTrack = async (track) => replaced.push(track);
  const track = { kind: 'video' };
  publication.media.removeTrack = () => {};
  publication.media.addTrack = () => {};
  await publication.replaceTrack(track);
  assert.deepEqual(replaced, [track, track]);
});
