import assert from 'node:assert/strict';
import { test } from 'node:test';

const sdk = new URL('../../main/resources/webroot/sdk/', import.meta.url);
globalThis.RTCPeerConnection = class {
  addTransceiver() {}
  async createOffer() { return { sdp: 'offer' }; }
  async setLocalDescription(offer) { this.localDescription = offer; }
  close() { this.closed = true; }
};
globalThis.MediaStream = class { addTrack() {} };
const { GrandstandClient } = await import(new URL('grandstand-client.js', sdk));

const turn = () => new Promise((resolve) => { setImmediate(resolve); });

/** A client in a room with one stream, and what its server heard. */
async function inside() {
  const heard = [];
  const socket = { readyState: 1, send: (text) => heard.push(JSON.parse(text)), close() {} };
  const client = new GrandstandClient({ url: 'ws://here/ws', newSocket: () => socket });
  const say = (message) => socket.onmessage({ data: JSON.stringify(message) });
  const joined = client.join({ room: 'r', name: 'Ann' });
  socket.onopen();
  await turn();
  const { id } = heard.find(({ type }) => type === 'join');
  say({ type: 'joined', id, you: { id: 'p1', name: 'Ann', role: 'viewer' }, room: { id: 'r', title: 'R' }, streams: [{ id: 's1', participant: 'p2', name: 'Bob', kind: 'camera' }] });
  await joined;
  return { client, heard, say };
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
