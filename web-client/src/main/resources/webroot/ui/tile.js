import { hue, initials } from '../text/format.js';
import { drawIcon, element, icon } from './element.js';

/** One stream on the stage: picture, name, what is wrong with it, and its few controls. */
export class Tile {
  #name;
  #note = element('span', { class: 'tile-note', hidden: true }, 'muted by a moderator');
  #micOff;
  #soundIcon = icon('sound');
  #soundButton;
  #featureButton;
  #rest;
  #restIcon;

  /**
   * @param {{key: string, name: string, participant: string, kind: string, own: boolean}} what
   * @param {{feature: (key: string) => void, again: (key: string) => void}} asks
   */
  constructor({ key, name, participant, kind, own }, asks) {
    this.key = key;
    this.own = own;
    this.silenced = false;
    this.video = element('video', { playsinline: true, autoplay: true });
    this.video.muted = own;
    this.video.addEventListener('loadeddata', () => this.hasPicture(true));
    this.#name = element('span', { class: 'name' });
    this.#micOff = icon('mic-off');
    this.#micOff.classList.add('muted');
    this.#micOff.style.display = 'none';
    this.#restIcon = element('span', { class: 'spinner' });
    this.#rest = element('span', { role: 'status' });
    this.#soundButton = this.#tool('Mute this stream', this.#soundIcon, () => this.#toggleSound());
    this.#featureButton = this.#tool('Make this stream large', icon('feature'), () => asks.feature(key));
    this.againButton = element('button', { class: 'button', type: 'button', hidden: true, on: { click: () => asks.again(key) } }, 'Try again');
    this.node = element('article', {
      class: `tile is-${kind}${own ? ' is-own' : ''}`, 'data-testid': 'tile', 'data-stream': key, 'data-own': String(own), tabindex: -1, vars: { hue: hue(participant) },
    },
      this.video,
      element('div', { class: 'tile-rest' },
        element('span', { class: 'avatar', 'aria-hidden': 'true', vars: { hue: hue(participant) } }, initials(name)),
        element('p', { class: 'rest-words' }, this.#restIcon, this.#rest), element('p', { class: 'camera-off-words' }, 'The camera is off'), this.againButton),
      element('div', { class: 'tile-label' }, kind === 'screen' ? icon('screen') : null, this.#micOff, this.#name, this.#note),
      element('div', { class: 'tile-tools' }, own ? null : this.#soundButton, this.#featureButton,
        this.#tool('Full screen', icon('expand'), () => this.#fullScreen())));
    this.rename(name, kind);
  }

  rename(name, kind) {
    const words = `${this.own ? `${name} (you)` : name}${kind === 'screen' ? ', screen' : ''}`;
    if (this.#name.textContent === words) return;
    this.#name.textContent = words;
    this.node.setAttribute('aria-label', words);
  }

  /** @param {string} words what people read while there is no picture @param {boolean} busy */
  rest(words, { busy = false, troubled = false, again = false } = {}) {
    if (this.#rest.textContent !== words) this.#rest.textContent = words;
    this.#restIcon.hidden = !busy;
    this.againButton.hidden = !again;
    this.node.classList.toggle('is-troubled', troubled);
  }

  hasPicture(has) {
    this.node.classList.toggle('has-picture', has);
  }

  /** @param {boolean} byModerator whether it is not theirs to turn it on again */
  micOff(off, byModerator = false) {
    this.#micOff.style.display = off || byModerator ? '' : 'none';
    this.#note.hidden = !byModerator;
  }

  /** Somebody else turned the camera off: what would be seen is black. */
  cameraOff(off) {
    this.node.classList.toggle('camera-off', off);
  }

  speaking(speaks) {
    this.node.classList.toggle('is-speaking', speaks);
  }

  featured(is) {
    this.#featureButton.setAttribute('aria-pressed', String(is));
  }

  place({ x, y, width, height }) {
    Object.assign(this.node.style, { transform: `translate(${x}px, ${y}px)`, width: `${width}px`, height: `${height}px` });
    this.node.classList.toggle('is-small', width < 260);
    this.node.classList.toggle('is-tiny', width < 150 || height < 112);
  }

  /** Sound for everybody was allowed (or not yet); a stream that was silenced by hand stays silent. */
  allowSound(allowed) {
    if (!this.own) this.video.muted = this.silenced || !allowed;
  }

  #toggleSound() {
    this.silenced = !this.silenced;
    this.video.muted = this.silenced;
    drawIcon(this.#soundIcon, this.silenced ? 'sound-off' : 'sound');
    this.#soundButton.setAttribute('aria-pressed', String(this.silenced));
  }

  #fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.node.requestFullscreen?.();
  }

  #tool(label, drawing, act) {
    return element('button', { class: 'button icon-only', type: 'button', 'aria-label': label, title: label, 'aria-pressed': 'false', on: { click: act } }, drawing);
  }
}
