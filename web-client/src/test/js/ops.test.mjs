import assert from 'node:assert/strict';
import { test } from 'node:test';

const root = new URL('../../main/resources/webroot/', import.meta.url);
const { figures, History, roomsByNode, stateOf, timeline } = await import(new URL('ops/fleet-state.js', root));

const node = (name, more = {}) => ({ node: name, answering: true, draining: false, seats: 4, taken: 0, free: 4, rooms: 0, cpuPercent: 0, ...more });

test('a node is in one state, and silence is said before all else', () => {
  assert.equal(stateOf(node('a')), 'serving');
  assert.equal(stateOf(node('a', { draining: true, rooms: 1 })), 'draining');
  assert.equal(stateOf(node('a', { draining: true })), 'empty');
  assert.equal(stateOf(node('a', { answering: false, draining: true })), 'away');
});

test('each node has its rooms, the fullest first', () => {
  const rooms = [
    { room: 'b', origin: 'one', sites: [{ node: 'one', seats: 1, leaving: false }, { node: 'two', seats: 3, leaving: true }] },
    { room: 'a', origin: 'two', sites: [{ node: 'two', seats: 5, leaving: false }] },
  ];
  assert.deepEqual(roomsByNode(rooms), {
    one: [{ room: 'b', seats: 1, leaving: false, origin: true }],
    two: [{ room: 'a', seats: 5, leaving: false, origin: true }, { room: 'b', seats: 3, leaving: true, origin: false }],
  });
});

test('seats of nodes that take nobody are no seats, people on them are people', () => {
  const nodes = [node('a', { taken: 1, free: 3, cpuPercent: 10 }), node('b', { draining: true, taken: 2, free: 0, rooms: 1, cpuPercent: 30 }), node('c', { answering: false, free: 0 })];
  const all = figures({ nodes, rooms: [{}], moving: 2, queue: null });
  assert.deepEqual(all, { nodes: 3, serving: 1, draining: 1, seats: 4, taken: 3, free: 3, rooms: 1, moving: 2, waiting: 0, cpuMax: 30, cpuMean: 40 / 3 });
  assert.equal(figures({ nodes: [], rooms: [], moving: 0, queue: { waiting: 7 } }).waiting, 7);
});

test('a history keeps a quarter of an hour', () => {
  const history = new History();
  for (const at of [0, 10, 905]) history.add({ taken: at }, at);
  assert.deepEqual(history.line('taken'), [{ x: 0, y: 10 }, { x: 895, y: 905 }]);
});

test('the time line tells what changed, the latest first', () => {
  const at = (second) => `2026-01-01T00:00:0${second}Z`;
  const decisions = [
    { at: at(3), nodes: 2, reason: 'up' }, { at: at(1), nodes: 1, reason: 'stays' }, { at: at(2), nodes: 1, reason: 'stays' }, { at: at(4), nodes: 2, reason: 'up' },
  ];
  assert.deepEqual(timeline(decisions).map((one) => one.at), [at(3), at(1)]);
  assert.equal(timeline(decisions, 1).length, 1);
});
