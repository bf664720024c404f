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
