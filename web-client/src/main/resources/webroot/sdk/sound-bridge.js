const FADE_MS = 60;
const STEP_MS = 10;
const PLAYS_WITHIN_MS = 3000;

/**
 * Carries the sound while an element changes from one stream to another: an element that is given a new source is silent
 * for a moment, and what is cut off in the middle of a wave clicks. A second element plays the new sound, unheard at
 * first; then the former fades into it, the element changes its source in silence, and takes the sound over again.
 * Where nothing is heard, or the browser refuses, it does nothing.
 */
export class SoundBridge {
  #video;
  #sound = null;
  #plays = Promise.resolve(false);
  #volume = null;
  #timer;
  #ended = false;
  #follow = () => { this.#sound.muted = this.#video.muted; };

  /** @param {HTMLMediaElement} video what is heard now @param {MediaStream} media what is to be heard */
  constructor(video, media) {
    this.#video = video;
    if (document.hidden || video.muted || video.paused || !video.srcObject?.getAudioTracks().length) return;
    const tracks = media.getAudioTracks();
    if (!tracks.length) return;
    const sound = new Audio();
    sound.volume = 0;
    // Where no page may set a volume (iOS) both streams would be heard at once.
    if (sound.volume > 0) return;
    sound.srcObject = new MediaStream(tracks);
    this.#sound = sound;
    this.#plays = new Promise((plays) => {
      sound.play().then(() => plays(true), () => plays(false));
      setTimeout(() => plays(false), PLAYS_WITHIN_MS);
    });
    video.addEventListener('volumechange', this.#follow);
  }

  /** @param {() => void} crossed called once nothing of the former stream is heard: the element may change its source */
  cross(crossed) {
    if (!this.#sound) crossed();
    else this.#plays.then((plays) => {
      if (this.#ended) return;
      if (plays) this.#fade(crossed);
      else crossed();
    });
  }

  #fade(crossed) {
    const began = performance.now();
    this.#volume = this.#video.volume;
    this.#timer = setInterval(() => {
      const share = Math.min(1, (performance.now() - began) / FADE_MS);
      this.#sound.volume = this.#volume * share;
      this.#video.volume = this.#volume * (1 - share);
      if (share < 1) return;
      clearInterval(this.#timer);
      crossed();
    }, STEP_MS);
  }

  /** The element is heard as before, and alone. */
  end() {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#timer);
    if (this.#volume !== null) this.#video.volume = this.#volume;
    this.#video.removeEventListener('volumechange', this.#follow);
    if (this.#sound) this.#sound.srcObject = null;
  }
}
