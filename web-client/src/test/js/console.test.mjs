import assert from 'node:assert/strict';
import { test } from 'node:test';

const root = new URL('../../main/resources/webroot/', import.meta.url);
const { shares, together, total, StressRun } = await import(new URL('console/stress-run.js', root));
const { ceiling } = await import(new URL('console/line-chart.js', root));
const { parse } = await import(new URL('console/node-figures.js', root));

test('viewers are split so that all of them come', () => {
  assert.deepEqual(shares(10, 3), [4, 3, 3]);
  assert.deepEqual(shares(1, 2), [1, 0]);
});

test('counts of several agents add up, and of delays the worst counts', () => {
  const one = { entered: 1, withPicture: 1, refused: 0, megabitsPerSecond: 2, framesPerSecond: 20, packetsLost: 1, incomplete: 0, freezes: 3, jitterMs: 4, delayMedianMs: 5, delayP99Ms: 6 };
  const sample = together([one, { ...one, delayP99Ms: 60 }]);
  assert.equal(sample.entered, 2);
  assert.equal(sample.megabitsPerSecond, 4);
  assert.equal(sample.delayP99Ms, 60);
  assert.equal(total([{ freezes: 2, longestGapMs: 10 }, { freezes: 1, longestGapMs: 300 }]).longestGapMs, 300);
  assert.equal(total([{ freezes: 2 }, { freezes: 1 }]).freezes, 3);
});

test('what was started is ended when another agent refuses', async () => {
  const ended = [];
  const agent = (fails) => ({
    address: 'x', push: async () => 7, pull: async () => { if (fails) throw new Error('no'); return 8; },
    endPull: async (id) => ended.push(`pull ${id}`), endPush: async (id) => ended.push(`push ${id}`),
  });
  const run = new StressRun([agent(false), agent(true)], { uri: 'ws://x/ws', room: 'x', presenters: 1, viewers: 2, rate: 2, seconds: 1, token: 'secret' });
  await assert.rejects(run.start(), /no/);
  assert.deepEqual(ended.sort(), ['pull 8', 'push 7']);
  assert.ok(!JSON.stringify(run.saved()).includes('secret'));
});

test('axes end at round numbers', () => {
  assert.equal(ceiling(0), 2);
  assert.equal(ceiling(1), 2);
  assert.equal(ceiling(0.3), 0.4);
  assert.equal(ceiling(3), 4);
  assert.equal(ceiling(7.2), 10);
  assert.equal(ceiling(120), 200);
});

test('metrics are summed over their labels', () => {
  assert.deepEqual(parse('# HELP x\njvm_memory_used_bytes{area="heap"} 3.0\njvm_memory_used_bytes{area="nonheap"} 4\n'), { jvm_memory_used_bytes: 7 });
});
