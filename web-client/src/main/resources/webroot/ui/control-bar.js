import { measureLevel } from '../media/level-meter.js';
import { byId, drawIcon, element, icon } from './element.js';

/**
 * Go live, mute, camera, screen, devices, stop, figures. One button each, shown when it can do
 * something; the order of the tab key is the order on the screen.
 */
export class ControlBar {
  #show;
  #stopMeter = () => {};
  #metered = null;
  #canGoLive = false;

  /**
   * @param {LiveShow} show
   * @param {{goLive, mute, camera, screen, devices, stop, stats: () => void}} act
   */
  constructor(show, act) {
    this.#show = show;
    this.goLive = labelled('go-live', 'live', 'Go live', 'primary', act.goLive);
    this.mute = round('mute', 'mic', act.mute, 'M');
    this.camera = round('camera-toggle', 'camera', act.camera, 'V');
    this.screen = round('share-screen', 'screen', act.screen);
    this.devices = round('devices', 'settings', act.devices);
    this.stop = labelled('stop', 'stop', 'Stop', 'danger', act.stop);
    this.stats = round('stats-toggle', 'stats', act.stats, 'S');
    name(this.devices, 'Camera and microphone');
    name(this.stats, 'Show figures (S)');
    byId('controls').append(this.goLive, this.mute, this.camera, this.screen, this.devices, this.stop, element('span', { class: 'gap', 'aria-hidden': 'true' }), this.stats);
    this.refresh();
  }

  set canGoLive(can) {
    this.#canGoLive = can;
    this.refresh();
  }

  statsShown(shown) {
    this.stats.classList.toggle('on', shown);
    this.stats.setAttribute('aria-pressed', String(shown));
    name(this.stats, shown ? 'Hide figures (S)' : 'Show figures (S)');
  }

  refresh() {
    const { onAir, starting } = this.#show;
    const camera = this.#show.cameraMedia;
    const screen = this.#show.screenMedia;
    const focused = document.activeElement;
    this.goLive.hidden = onAir;
    this.goLive.disabled = !this.#canGoLive || starting;
    this.mute.hidden = !onAir || !this.#show.has('audio');
    this.camera.hidden = !onAir || !this.#show.has('video');
    this.screen.hidden = !onAir || !navigator.mediaDevices?.getDisplayMedia;
    this.screen.disabled = starting || (screen !== null && camera === null);
    this.devices.hidden = !camera;
    this.stop.hidden = !onAir;
    if (focused?.hidden) (onAir ? this.stop : this.goLive).focus();
    this.#draw(this.mute, this.#show.isOn('audio'), 'mic', ['Mute the microphone (M)', 'Unmute the microphone (M)']);
    this.#draw(this.camera, this.#show.isOn('video'), 'camera', ['Turn the camera off (V)', 'Turn the camera on (V)']);
    this.screen.classList.toggle('on', screen !== null);
    this.screen.setAttribute('aria-pressed', String(screen !== null));
    name(this.screen, screen ? 'Stop sharing the screen' : 'Share a screen');
    this.#meter(camera ?? screen);
  }

  #draw(button, on, drawing, [whenOn, whenOff]) {
    drawIcon(button.querySelector('svg'), on ? drawing : `${drawing}-off`);
    button.classList.toggle('off', !on);
    button.setAttribute('aria-pressed', String(!on));
    name(button, on ? whenOn : whenOff);
  }

  /** A ring around the microphone, so that one sees to be heard. */
  #meter(media) {
    const track = media?.getAudioTracks()[0] ?? null;
    if (track === this.#metered) return;
    this.#stopMeter();
    this.#metered = track;
    this.#stopMeter = track ? measureLevel(media, (level) => this.mute.style.setProperty('--level', level.toFixed(2))) : () => {};
  }
}

function round(testId, drawing, act, key) {
  return element('button', { class: `button icon-only${testId === 'mute' ? ' level' : ''}`, type: 'button', 'data-testid': testId, 'aria-keyshortcuts': key, on: { click: act } }, icon(drawing));
}

function labelled(testId, drawing, words, tone, act) {
  return element('button', { class: `button labelled ${tone}`, type: 'button', 'data-testid': testId, on: { click: act } }, icon(drawing), words);
}

function name(button, words) {
  button.setAttribute('aria-label', words);
  button.title = words;
}
