import { listDevices, openCamera, openScreen, stopTracks } from '../media/capture.js';
import { measureLevel } from '../media/level-meter.js';
import { remember, remembered } from '../pages/remembered.js';
import { captureWords } from '../text/failure-words.js';
import { byId, drawIcon, element, icon } from './element.js';

/**
 * How you look and sound before anybody sees it: source, devices, level. Answers with the media to
 * put on air, or null when closed; whatever it opened and does not hand over, it stops.
 */
export class LiveDialog {
  #dialog = byId('live-dialog');
  #source = 'camera';
  #media = null;
  #round = 0;
  #stopMeter = () => {};
  #resolve = () => {};
  #parts;

  constructor() {
    this.#parts = this.#build();
    this.#dialog.addEventListener('close', () => this.#closed());
  }

  /**
   * @param {{changing?: boolean}} options changing: other devices while on air
   * @returns {Promise<{kind: 'camera'|'screen', media: MediaStream}|null>}
   */
  open({ changing = false } = {}) {
    const { heading, go, segments, cameraRadio } = this.#parts;
    heading.textContent = changing ? 'Camera and microphone' : 'Ready to go live?';
    go.lastChild.textContent = changing ? 'Use these' : 'Go live';
    segments.hidden = changing || !navigator.mediaDevices?.getDisplayMedia;
    cameraRadio.checked = true;
    this.#source = 'camera';
    this.#dialog.showModal();
    this.#preview();
    return new Promise((resolve) => { this.#resolve = resolve; });
  }

  async #preview(pick = {}) {
    const round = ++this.#round;
    this.#release();
    this.#state('Starting the camera', null);
    try {
      const media = this.#source === 'screen' ? await openScreen({ withMicrophone: true }) : await openCamera(pick);
      if (round !== this.#round) {
        stopTracks(media);
        return;
      }
      this.#media = media;
      media.getVideoTracks().forEach((track) => track.addEventListener('ended', () => { if (this.#media === media) this.#state('The source has ended', { title: 'The picture stopped', text: 'The device or the shared window is gone. Choose again.' }); }));
      this.#shown(media);
      await this.#fillDevices(media);
    } catch (failure) {
      if (round === this.#round) this.#state('', captureWords(failure, this.#source));
    }
  }

  #shown(media) {
    const { preview, video, meter, meterRow, mic, camera } = this.#parts;
    preview.className = `live-preview is-${this.#source}`;
    video.srcObject = media;
    this.#state(media.getVideoTracks().length ? '' : 'Sound only: no camera was found', null);
    meterRow.hidden = !media.getAudioTracks().length;
    mic.hidden = !media.getAudioTracks().length;
    camera.hidden = this.#source === 'screen' || !media.getVideoTracks().length;
    this.#drawTools();
    this.#stopMeter = measureLevel(media, (level) => meter.style.setProperty('--level', level.toFixed(3)));
  }

  #state(words, problem) {
    const { resting, restingWords, video, notice, noticeTitle, noticeText, go, again } = this.#parts;
    restingWords.textContent = problem ? '' : words;
    resting.hidden = !words && !problem;
    video.hidden = !resting.hidden;
    notice.hidden = !problem;
    noticeTitle.textContent = problem?.title ?? '';
    noticeText.textContent = problem?.text ?? '';
    again.hidden = !problem;
    again.textContent = this.#source === 'screen' ? 'Choose a screen' : 'Try again';
    go.disabled = !this.#media || Boolean(problem);
    if (!this.#media) {
      this.#parts.meterRow.hidden = true;
      this.#parts.mic.hidden = true;
      this.#parts.camera.hidden = true;
      this.#parts.devices.hidden = !this.#parts.cameraSelect.options.length;
    }
  }

  async #fillDevices(media) {
    const { cameras, microphones } = await listDevices();
    const { devices, cameraSelect, microphoneSelect } = this.#parts;
    devices.hidden = this.#source === 'screen';
    fill(cameraSelect, cameras, media.getVideoTracks()[0], 'Camera', 'No camera');
    fill(microphoneSelect, microphones, media.getAudioTracks()[0], 'Microphone', 'No microphone');
  }

  #toggle(kind) {
    this.#media?.getTracks().filter((track) => track.kind === kind).forEach((track) => { track.enabled = !track.enabled; });
    this.#drawTools();
  }

  #drawTools() {
    for (const [button, kind, drawing, words] of [[this.#parts.mic, 'audio', 'mic', 'microphone'], [this.#parts.camera, 'video', 'camera', 'camera']]) {
      const on = this.#media?.getTracks().some((track) => track.kind === kind && track.enabled) ?? false;
      button.classList.toggle('off', !on);
      drawIcon(button.querySelector('svg'), on ? drawing : `${drawing}-off`);
      button.setAttribute('aria-pressed', String(!on));
      button.setAttribute('aria-label', `${on ? 'Turn off' : 'Turn on'} the ${words}`);
    }
  }

  #choose(source) {
    this.#source = source;
    this.#preview();
  }

  #chosenDevices() {
    const pick = { camera: this.#parts.cameraSelect.value, microphone: this.#parts.microphoneSelect.value };
    if (pick.camera) remember('camera', pick.camera);
    if (pick.microphone) remember('microphone', pick.microphone);
    this.#preview(pick);
  }

  #go() {
    const media = this.#media;
    if (!media) return;
    this.#media = null;
    this.#resolve({ kind: this.#source, media });
    this.#dialog.close();
  }

  #closed() {
    this.#round += 1;
    this.#release();
    this.#resolve(null);
  }

  #release() {
    this.#stopMeter();
    this.#stopMeter = () => {};
    this.#parts.video.srcObject = null;
    stopTracks(this.#media);
    this.#media = null;
  }

  #build() {
    const parts = {};
    const radio = (source, drawing, words) => {
      const input = element('input', { type: 'radio', name: 'source', value: source, 'data-testid': `source-${source}`, on: { change: () => this.#choose(source) } });
      parts[`${source}Radio`] = input;
      return element('label', {}, input, icon(drawing), words);
    };
    const select = (id, words, testId) => {
      parts[id] = element('select', { class: 'input', id, 'data-testid': testId, on: { change: () => this.#chosenDevices() } });
      return element('div', { class: 'field' }, element('label', { for: id }, words), parts[id]);
    };
    parts.heading = element('h2', { id: 'live-heading' });
    parts.segments = element('div', { class: 'segments', role: 'radiogroup', 'aria-label': 'Source' }, radio('camera', 'camera', 'Camera'), radio('screen', 'screen', 'Screen'));
    parts.video = element('video', { playsinline: true, autoplay: true, 'data-testid': 'preview' });
    parts.video.muted = true;
    parts.restingWords = element('span', {});
    parts.resting = element('p', { role: 'status' }, icon('camera'), parts.restingWords);
    parts.mic = element('button', { class: 'button icon-only', type: 'button', on: { click: () => this.#toggle('audio') } }, icon('mic'));
    parts.camera = element('button', { class: 'button icon-only', type: 'button', on: { click: () => this.#toggle('video') } }, icon('camera'));
    parts.preview = element('div', { class: 'live-preview' }, parts.resting, parts.video, element('div', { class: 'preview-tools' }, parts.mic, parts.camera));
    parts.meter = element('span', {});
    parts.meterRow = element('div', { class: 'meter-row' }, element('span', { class: 'label' }, 'Say something: the bar should move'), element('div', { class: 'meter', 'aria-hidden': 'true', 'data-testid': 'level-meter' }, parts.meter));
    parts.devices = element('div', { class: 'devices' }, select('cameraSelect', 'Camera', 'camera-select'), select('microphoneSelect', 'Microphone', 'microphone-select'));
    parts.noticeTitle = element('strong', {});
    parts.noticeText = element('span', {});
    parts.notice = element('div', { class: 'notice', role: 'alert', 'data-testid': 'capture-trouble', hidden: true }, icon('warning'), element('div', {}, parts.noticeTitle, parts.noticeText));
    parts.again = element('button', { class: 'button', type: 'button', on: { click: () => this.#preview() } }, 'Try again');
    parts.go = element('button', { class: 'button primary', type: 'button', 'data-testid': 'go-live-confirm', on: { click: () => this.#go() } }, icon('live'), 'Go live');
    this.#dialog.append(element('div', { class: 'dialog-body' },
      element('div', { class: 'dialog-head' }, parts.heading, element('button', { class: 'button quiet icon-only', type: 'button', 'aria-label': 'Close', on: { click: () => this.#dialog.close() } }, icon('close'))),
      parts.segments, parts.preview, parts.notice, parts.meterRow, parts.devices,
      element('div', { class: 'dialog-actions' }, parts.again, parts.go)));
    return parts;
  }
}

function fill(select, devices, track, words, none) {
  const used = track?.getSettings().deviceId;
  select.replaceChildren(...devices.map((device, index) => element('option', { value: device.deviceId, selected: device.deviceId === used }, device.label || `${words} ${index + 1}`)));
  if (!devices.length) select.append(element('option', { value: '' }, none));
  select.disabled = devices.length < 2;
}
