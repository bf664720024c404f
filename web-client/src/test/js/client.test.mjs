import assert from 'node:assert/strict';
import { test } from 'node:test';

const sdk = new URL('../../main/resources/webroot/sdk/', import.meta.url);
globalThis.RTCPeerConnection = class {
  addTransceiver() {}
  async createOffer() { return { sdp: 'offer' }; }
  async setLocalDescription(offer) { this.localDescription = offer; }
  async setRemoteDescription(answer) { this.remoteDescription = answer; }
  close() { this.closed = true; }
};
globalThis.document = Object.assign(new EventTarget(), { hidden: false });
globalThis.MediaStream = class { addTrack() {} };
const { GrandstandClient } = await import(new URL('grandstand-client.js', sdk));

const turn = () => new Promise((resolve) => { setImmediate(resolve); });

/** A client in a room with one stream, and what its server heard. */
async function inside() {
  const heard = [];
  const closed = [];
  const socket = { readyState: 1, send: (text) => heard.push(JSON.parse(text)), close: (code) => closed.push(code) };
  const client = new GrandstandClient({ url: 'ws://here/ws', newSocket: () => socket });
  const say = (message) => socket.onmessage({ data: JSON.stringify(message) });
  const joined = client.join({ room: 'r', name: 'Ann' });
  socket.onopen();
  await turn();
  const { id } = heard.find(({ type }) => type === 'join');
  say({ type: 'joined', id, you: { id: 'p1', name: 'Ann', role: 'viewer' }, room: { id: 'r', title: 'R' }, resume: 'token-1', streams: [{ id: 's1', participant: 'p2', name: 'Bob', kind: 'camera' }] });
  await joined;
  return { client, heard, say, socket, closed };
}

test('a stream that has to move is viewed a second time', async () => {
  const { client, heard, say } = await inside();
  client.view('s1');
  await turn();
  say({ type: 'migrate', stream: 's1', deadlineMs: 10_000 });
  await turn();
  assert.equal(heard.filter(({ type }) => type === 'view').length, 2);
  client.close();
});

/** A view of the stream, answered by the server, in an element that shows a frame when it is told to. */
async function viewed({ client, heard, say }) {
  const video = { muted: true, addEventListener() {}, removeEventListener() {}, requestVideoFrameCallback: (drawn) => { video.draw = drawn; }, cancelVideoFrameCallback() {} };
  client.view('s1', video);
  await turn();
  say({ type: 'answer', id: heard.findLast(({ type }) => type === 'view').id, sdp: 'answer' });
  await turn();
  return video;
}

test('the server is told once how long the first frame took, and with it the join', async () => {
  const room = await inside();
  const video = await viewed(room);
  video.draw();
  const reports = () => room.heard.filter(({ type }) => type === 'firstFrame');
  assert.equal(reports().length, 1);
  const [{ stream, viewMs, joinMs }] = reports();
  assert.equal(stream, 's1');
  assert.ok(Number.isInteger(viewMs) && viewMs >= 0 && Number.isInteger(joinMs) && joinMs >= 0);
  room.say({ type: 'migrate', stream: 's1', deadlineMs: 10_000 });
  await turn();
  room.say({ type: 'answer', id: room.heard.findLast(({ type }) => type === 'view').id, sdp: 'answer' });
  await turn();
  video.draw();
  assert.equal(reports().length, 1);
  room.client.close();
});

test('a page that was hidden meanwhile says nothing of its first frame', async () => {
  const room = await inside();
  const video = await viewed(room);
  document.dispatchEvent(new Event('visibilitychange'));
  video.draw();
  assert.equal(room.heard.some(({ type }) => type === 'firstFrame'), false);
  room.client.close();
});

test('whoever has no answer when coming back tries over another socket, and does not say goodbye', async () => {
  const { client, heard, say, socket, closed } = await inside();
  socket.onclose({ code: 1006 });
  assert.deepEqual(closed, [4000]);
  client.retryNow();
  socket.onopen();
  await turn();
  const { id, resume } = heard.findLast(({ type }) => type === 'join');
  assert.equal(resume, 'token-1');
  say({ type: 'error', id, code: 'unavailable', message: 'no answer in time' });
  await turn();
  assert.deepEqual(closed, [4000, 4000]);
  client.close();
});

test('whoever leaves or was never let in says goodbye with the socket', async () => {
  const closed = [];
  const heard = [];
  const socket = { readyState: 1, send: (text) => heard.push(JSON.parse(text)), close: (code) => closed.push(code) };
  const client = new GrandstandClient({ url: 'ws://here/ws', newSocket: () => socket });
  client.join({ room: 'r', name: 'Ann' }).catch(() => {});
  socket.onopen();
  await turn();
  socket.onmessage({ data: JSON.stringify({ type: 'error', id: heard.at(-1).id, code: 'unavailable', message: 'no answer in time' }) });
  await turn();
  assert.deepEqual(closed, [1000]);
  client.retryNow();
  client.close();
  assert.deepEqual(closed, [1000, 1000]);
});
