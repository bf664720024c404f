import { onFirstFrame, onSteadyFrames } from './first-frame.js';
import { SoundBridge } from './sound-bridge.js';

const DECODED_WITHIN_MS = 20_000;

/**
 * Plays another stream in an element without a black moment between the two, and without a click. An element that is
 * given a new source shows nothing until that has a frame; so a second element lies over it, unseen at first, and plays
 * the new stream silently. Once that flows it is seen, covers the first element while that changes over, and goes once
 * the picture flows beneath it, too. The page keeps its one element all the while. Where the former picture stands still
 * there is nothing to wait for: the new one is seen from its first frame on.
 *
 * @param {HTMLVideoElement} video
 * @param {MediaStream} media
 * @param {(atMs: number) => void} shown when nothing is seen or heard of the former stream; with the time at which the
 *     new one was seen
 * @param {boolean} formerFlows whether what is shown still moves
 * @returns {() => void} call it to stop: what was shown goes on
 */
export function swapPicture(video, media, shown, formerFlows = true) {
  if (video.srcObject === media) return onFirstFrame(video, shown);
  if (!coversSomething(video, media)) return showNow(video, media, shown);
  const cover = coverOf(video);
  let sound = null;
  let told = false;
  const tell = (atMs) => {
    if (!told) shown(atMs);
    told = true;
  };
  let stop = (formerFlows ? onSteadyFrames : onFirstFrame)(cover, () => take());
  // A hidden page draws no frames, and a broken one might never: then the sound is worth more than the old picture.
  const hidden = () => { if (document.hidden) take(); };
  const patience = setTimeout(() => take(), DECODED_WITHIN_MS);
  document.addEventListener('visibilitychange', hidden);
  const rest = () => {
    stop();
    clearTimeout(patience);
    document.removeEventListener('visibilitychange', hidden);
  };
  const end = () => {
    lift(cover);
    sound?.end();
  };
  const take = () => {
    rest();
    const atMs = performance.now();
    cover.style.opacity = '';
    if (!formerFlows) tell(atMs);
    // One after another: a busy machine that has all of it to do at once drops frames.
    sound = new SoundBridge(video, media);
    sound.cross(() => {
      video.srcObject = media;
      // An element stumbles over its first frames.
      stop = onSteadyFrames(video, () => {
        end();
        tell(atMs);
      });
    });
  };
  cover.srcObject = media;
  video.after(cover);
  // Nobody asked for sound, so no browser refuses; if one did, the time runs out.
  cover.play().catch(() => {});
  return () => {
    rest();
    end();
  };
}

function showNow(video, media, shown) {
  const sound = new SoundBridge(video, media);
  let stop = () => {};
  const end = () => {
    video.removeEventListener('playing', end);
    sound.end();
  };
  sound.cross(() => {
    video.srcObject = media;
    video.addEventListener('playing', end);
    stop = onFirstFrame(video, shown);
  });
  return () => {
    stop();
    end();
  };
}

function coversSomething(video, media) {
  return video.videoWidth > 0 && video.isConnected && !document.hidden && media.getVideoTracks().length > 0;
}

function coverOf(video) {
  const cover = video.cloneNode(false);
  for (const name of ['id', 'data-testid', 'controls']) cover.removeAttribute(name);
  cover.setAttribute('aria-hidden', 'true');
  cover.muted = true;
  Object.assign(cover.style, {
    position: 'absolute', left: `${video.offsetLeft}px`, top: `${video.offsetTop}px`, width: `${video.offsetWidth}px`, height: `${video.offsetHeight}px`,
    margin: '0', background: 'transparent', transition: 'none', pointerEvents: 'none',
    // Not nothing: what is not drawn at all is not decoded at its full rate.
    opacity: '0.01',
  });
  return cover;
}

function lift(cover) {
  cover.remove();
  cover.srcObject = null;
}
