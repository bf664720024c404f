import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

const sdk = new URL('../../main/resources/webroot/sdk/', import.meta.url);
globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} };
const { StreamView } = await import(new URL('stream-view.js', sdk));

const turn = () => new Promise((resolve) => { setImmediate(resolve); });

class FakePeer {
  connection = { connectionState: 'connected' };
  media = { getVideoTracks: () => [{}], getAudioTracks: () => [] };
  offerIfReady() { return 'offer'; }
  onState() {}
  trickleTo() {}
  async accept() {}
  close() { this.closed = true; }
}

/** A view that plays in an element, which shows a frame when it is told to. */
async function playing() {
  const peers = [];
  const said = [];
  const session = {
    mayView: () => true, isInside: () => true, changed() {}, media() {}, shown() {},
    takeOffer: () => peers[peers.push(new FakePeer()) - 1],
    request: async ({ type }) => said.push(type) && { sdp: 'answer' },
    send: ({ type }) => said.push(type),
  };
  const video = {
    muted: true, addEventListener() {}, removeEventListener() {}, cancelVideoFrameCallback() {},
    requestVideoFrameCallback(drawn) { this.draw = drawn; },
  };
  const view = new StreamView('s1', session);
  view.attach(video);
  await view.ask();
  video.draw();
  return { view, video, peers, said };
}

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

test('a connection that is not seen any more is closed, and the server told, a second after the new picture', async () => {
  const { view, video, peers, said } = await playing();
  view.migrate();
  await turn();
  mock.timers.tick(5000);
  assert.ok(!peers[0].closed);
  video.draw();
  mock.timers.tick(999);
  assert.ok(!peers[0].closed);
  assert.deepEqual(said, ['view', 'view']);
  mock.timers.tick(1);
  assert.deepEqual(said, ['view', 'view', 'migrated']);
  assert.ok(peers[0].closed);
  assert.ok(!peers[1].closed);
});

test('what is seen is kept, however often a stream moves, and what is not is closed', async () => {
  const { view, video, peers, said } = await playing();
  view.migrate();
  await turn();
  video.draw();
  view.migrate();
  await turn();
  assert.deepEqual(peers.map((peer) => Boolean(peer.closed)), [true, false, false]);
  view.migrate();
  await turn();
  assert.deepEqual(peers.map((peer) => Boolean(peer.closed)), [true, false, true, false]);
  video.draw();
  mock.timers.tick(1000);
  assert.deepEqual(said, ['view', 'view', 'view', 'view', 'migrated']);
  view.close();
  assert.ok(peers.every((peer) => peer.closed));
});
