import { measureLevel } from '../media/level-meter.js';
import { byId, drawIcon, element, icon } from './element.js';

/**
 * Go live or raise a hand, mute, camera, screen, devices, stop, step down, figures. One button each, shown when
 * it can do something; the order of the tab key is the order on the screen.
 */
export class ControlBar {
  #show;
  #stopMeter = () => {};
  #metered = null;
  #canGoLive = false;
  #standing = {};

  /**
   * @param {LiveShow} show
   * @param {{goLive, hand, mute, camera, screen, devices, stop, stepDown, stats: () => void}} act
   */
  constructor(show, act) {
    this.#show = show;
    this.goLive = labelled('go-live', 'live', 'Go live', 'primary', act.goLive);
    this.hand = labelled('raise-hand', 'hand', 'Raise a hand', '', act.hand);
    this.mute = round('mute', 'mic', act.mute, 'M');
    this.camera = round('camera-toggle', 'camera', act.camera, 'V');
    this.screen = round('share-screen', 'screen', act.screen);
    this.devices = round('devices', 'settings', act.devices);
    this.stop = labelled('stop', 'stop', 'Stop', 'danger', act.stop);
    this.stepDown = round('step-down', 'step-down', act.stepDown);
    this.stats = round('stats-toggle', 'stats', act.stats, 'S');
    name(this.devices, 'Camera and microphone');
    name(this.stepDown, 'Step down from the stage');
    name(this.stats, 'Show figures (S)');
    byId('controls').append(this.goLive, this.hand, this.mute, this.camera, this.screen, this.devices, this.stop, this.stepDown, element('span', { class: 'gap', 'aria-hidden': 'true' }), this.stats);
    this.refresh();
  }

  set canGoLive(can) {
    this.#canGoLive = can;
    this.refresh();
  }

  /** What you may do in this room, as the server says it. */
  set standing(standing) {
    this.#standing = standing;
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
    const { publish = true, handRaised = false, invited = false, microphoneMuted = false } = this.#standing;
    this.goLive.hidden = onAir || !publish;
    this.goLive.disabled = !this.#canGoLive || starting;
    this.hand.hidden = onAir || publish;
    this.hand.disabled = !this.#canGoLive;
    this.hand.classList.toggle('on', handRaised);
    this.hand.setAttribute('aria-pressed', String(handRaised));
    this.hand.lastChild.textContent = handRaised ? 'Lower the hand' : 'Raise a hand';
    this.stepDown.hidden = !invited || !onAir;
    this.mute.hidden = !onAir || !this.#show.has('audio');
    this.camera.hidden = !onAir || !this.#show.has('video');
    this.screen.hidden = !onAir || !navigator.mediaDevices?.getDisplayMedia;
    this.screen.disabled = starting || (screen !== null && camera === null);
    this.devices.hidden = !camera;
    this.stop.hidden = !onAir;
    if (focused?.hidden) (onAir ? this.stop : publish ? this.goLive : this.hand).focus();
    this.#draw(this.mute, this.#show.isOn('audio'), 'mic', ['Mute the microphone (M)', 'Unmute the microphone (M)']);
    this.mute.disabled = microphoneMuted;
    if (microphoneMuted) name(this.mute, 'A moderator muted your microphone');
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
