import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

const sdk = new URL('../../main/resources/webroot/sdk/', import.meta.url);
const { swapPicture } = await import(new URL('picture-swap.js', sdk));

/** An element that shows a frame when it is told to. */
class FakeVideo {
  style = {};
  srcObject = null;
  videoWidth = 640;
  isConnected = true;
  muted = true;
  #waiting = null;
  requestVideoFrameCallback(shown) { this.#waiting = shown; return 1; }
  cancelVideoFrameCallback() { this.#waiting = null; }
  cloneNode() { return Object.assign(new FakeVideo(), { isConnected: false }); }
  after(cover) { this.cover = cover; }
  removeAttribute() {}
  setAttribute() {}
  addEventListener() {}
  removeEventListener() {}
  async play() {}
  remove() { this.removed = true; }
  frame() {
    const shown = this.#waiting;
    this.#waiting = null;
    shown?.();
  }
}

const media = { getVideoTracks: () => [{}], getAudioTracks: () => [] };
let nowMs;

beforeEach(() => {
  globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} };
  nowMs = 1000;
  mock.method(performance, 'now', () => nowMs);
  mock.timers.enable({ apis: ['setTimeout'] });
});

afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

function frames(video, ...gapsMs) {
  for (const gap of gapsMs) {
    nowMs += gap;
    video.frame();
  }
}

test('the old picture goes on until the new one flows, and one is always seen', () => {
  const video = new FakeVideo();
  const old = (video.srcObject = { getAudioTracks: () => [] });
  let shown = 0;
  swapPicture(video, media, () => { shown += 1; });
  const { cover } = video;
  frames(cover, 0, 300, 50, 50);
  assert.equal(video.srcObject, old);
  assert.equal(cover.style.opacity, '0.01');
  frames(cover, 50);
  assert.equal(video.srcObject, media);
  assert.equal(cover.style.opacity, '');
  frames(video, 30, 200, 50, 50);
  assert.ok(!cover.removed);
  assert.equal(shown, 0);
  frames(video, 50);
  assert.ok(cover.removed);
  assert.equal(shown, 1);
});

test('a picture that stands still is covered by the first frame of the new one', () => {
  const video = new FakeVideo();
  let shown = 0;
  swapPicture(video, media, () => { shown += 1; }, false);
  const { cover } = video;
  assert.equal(cover.style.opacity, '0.01');
  frames(cover, 0);
  assert.equal(video.srcObject, media);
  assert.equal(cover.style.opacity, '');
  assert.equal(shown, 1);
  frames(video, 30, 50, 50, 50, 50);
  assert.ok(cover.removed);
  assert.equal(shown, 1);
});

test('a picture of which one frame comes is taken for flowing after a moment', () => {
  const video = new FakeVideo();
  swapPicture(video, media, () => {});
  frames(video.cover, 0);
  mock.timers.tick(699);
  assert.equal(video.srcObject, null);
  mock.timers.tick(1);
  assert.equal(video.srcObject, media);
});

test('a swap that is given up leaves the old picture alone', () => {
  const video = new FakeVideo();
  const stop = swapPicture(video, media, () => assert.fail('was not to be shown'));
  const { cover } = video;
  frames(cover, 0);
  stop();
  mock.timers.tick(60_000);
  frames(cover, 10, 10, 10, 10);
  assert.equal(video.srcObject, null);
  assert.ok(cover.removed);
});

test('whoever hears the former stream hears it until the new one has faded in, and one of the two at any time', async () => {
  const sounds = [];
  globalThis.MediaStream = class { constructor(tracks) { this.tracks = tracks; } };
  globalThis.Audio = class extends FakeVideo { constructor() { super(); sounds.push(this); } };
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const audible = (tracks) => ({ getVideoTracks: () => [{}], getAudioTracks: () => tracks });
  const old = audible(['old']);
  const media2 = audible(['new']);
  const video = Object.assign(new FakeVideo(), { muted: false, volume: 0.5, srcObject: old });
  const heard = [];
  swapPicture(video, media2, () => heard.push('shown'));
  frames(video.cover, 0, 50, 50, 50);
  assert.equal(video.cover.style.opacity, '');
  const [sound] = sounds;
  assert.deepEqual(sound.srcObject.tracks, ['new']);
  assert.equal(sound.volume, 0);
  await null;
  await null;
  await null;
  for (let i = 0; i < 6; i++) {
    assert.equal(video.srcObject, old);
    assert.equal(Math.round(100 * (video.volume + sound.volume)), 50);
    nowMs += 10;
    mock.timers.tick(10);
  }
  assert.equal(video.srcObject, media2);
  assert.deepEqual(heard, []);
  assert.deepEqual([video.volume, sound.volume], [0, 0.5]);
  frames(video, 50, 50, 50, 50);
  assert.deepEqual(heard, ['shown']);
  assert.deepEqual([video.volume, sound.srcObject], [0.5, null]);
});
