import { onFirstFrame, onSteadyFrames } from './first-frame.js';

const DECODED_WITHIN_MS = 20_000;
const FADE_MS = 60;
const FADE_STEP_MS = 10;

/**
 * Plays another stream in an element without a black moment between the two. An element that is given a
 * new source shows nothing until that has a frame; so a second element lies over it, unseen at first, and plays the new
 * stream silently. Once that flows it is seen, covers the first element while that changes over, and goes once the
 * picture flows beneath it, too. The page keeps its one element all the while. Where the former picture stands still
 * there is nothing to wait for: the new one is seen from its first frame on.
 *
 * @param {HTMLVideoElement} video
 * @param {MediaStream} media
 * @param {(atMs: number) => void} shown when nothing is seen of the former stream; with the time of the new one's first frame
 * @param {boolean} formerFlows whether what is shown still moves
 * @returns {() => void} call it to stop: what was shown goes on
 */
export function swapPicture(video, media, shown, formerFlows = true) {
  if (video.srcObject === media) return onFirstFrame(video, shown);
  if (!coversSomething(video, media)) return showNow(video, media, shown);
  const cover = coverOf(video);
  let told = false;
  const tell = (atMs) => {
    if (!told) shown(atMs);
    told = true;
  };
  let stop = formerFlows ? onSteadyFrames(cover, () => take()) : onFirstFrame(cover, (atMs) => {
    take();
    tell(atMs);
  });
  // A hidden page draws no frames, and a broken one might never: then the sound is worth more than the old picture.
  const hidden = () => { if (document.hidden) take(); };
  const patience = setTimeout(() => take(), DECODED_WITHIN_MS);
  document.addEventListener('visibilitychange', hidden);
  const rest = () => {
    stop();
    clearTimeout(patience);
    document.removeEventListener('visibilitychange', hidden);
  };
  const take = () => {
    rest();
    cover.style.opacity = '';
    stop = showNow(video, media, (atMs) => {
      // An element stumbles over its first frames, while it begins to play the sound.
      stop = onSteadyFrames(video, () => {
        lift(cover);
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
    lift(cover);
  };
}

function showNow(video, media, shown) {
  const faded = fade(video);
  let wanted = true;
  video.srcObject = media;
  const stop = onFirstFrame(video, (atMs) => {
    if (faded) faded.then(() => wanted && shown(atMs));
    else shown(atMs);
  });
  return () => {
    wanted = false;
    stop();
  };
}

/**
 * What was heard fades while the new sound comes up: cut off in the middle of a wave it would click.
 *
 * @returns {Promise<void>|null} until when the former stream is heard; null if it is not
 */
function fade(video) {
  const before = video.srcObject;
  if (document.hidden || video.muted || video.paused || !before?.getAudioTracks().length) return null;
  const { volume } = video;
  const tail = new Audio();
  tail.srcObject = before;
  tail.volume = volume;
  tail.play().catch(() => {});
  video.volume = 0;
  const began = performance.now();
  return new Promise((over) => {
    const timer = setInterval(() => {
      const share = Math.min(1, (performance.now() - began) / FADE_MS);
      video.volume = volume * share;
      tail.volume = volume * (1 - share);
      if (share < 1) return;
      clearInterval(timer);
      tail.srcObject = null;
      over();
    }, FADE_STEP_MS);
  });
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
