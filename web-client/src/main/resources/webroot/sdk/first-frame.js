const STEADY_FRAMES = 4;
const STEADY_GAP_MS = 120;
const STEADY_WITHIN_MS = 700;

let visibilityChangedAtMs = -Infinity;

globalThis.document?.addEventListener('visibilitychange', () => { visibilityChangedAtMs = performance.now(); });

/** Whether the page was to be seen all the while: a hidden one draws no frame, however soon it is there. */
export function wasVisibleSince(atMs) {
  return !globalThis.document?.hidden && visibilityChangedAtMs < atMs;
}

/**
 * Calls back once, with performance.now() of the moment at which the element showed a frame of what
 * it plays now.
 *
 * @param {HTMLVideoElement} video
 * @param {(atMs: number) => void} shown
 * @returns {() => void} call it to stop waiting
 */
export function onFirstFrame(video, shown) {
  if (video.requestVideoFrameCallback) {
    const handle = video.requestVideoFrameCallback(() => shown(performance.now()));
    return () => video.cancelVideoFrameCallback(handle);
  }
  const loaded = () => shown(performance.now());
  video.addEventListener('loadeddata', loaded, { once: true });
  return () => video.removeEventListener('loadeddata', loaded);
}

/**
 * Calls back once frames come one after another: a connection may stumble right after its first one, while it catches up.
 * Where few come, as from a screen on which nothing moves, that is a moment after the first.
 *
 * @param {HTMLVideoElement} video
 * @param {() => void} steady
 * @returns {() => void} call it to stop waiting
 */
export function onSteadyFrames(video, steady) {
  let frames = 0;
  let lastAtMs = 0;
  let stop = () => {};
  let timer;
  const done = () => {
    stop();
    clearTimeout(timer);
    steady();
  };
  const shown = (atMs) => {
    timer ??= setTimeout(done, STEADY_WITHIN_MS);
    frames = atMs - lastAtMs <= STEADY_GAP_MS ? frames + 1 : 1;
    lastAtMs = atMs;
    if (frames >= STEADY_FRAMES) done();
    else stop = onFirstFrame(video, shown);
  };
  stop = onFirstFrame(video, shown);
  return () => {
    stop();
    clearTimeout(timer);
  };
}
