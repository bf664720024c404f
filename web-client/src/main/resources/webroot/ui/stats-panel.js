import { bitrate } from '../text/format.js';
import { byId, element } from './element.js';

const EVERY_MS = 1000;

/** Figures of every stream over the stage, once a second while shown. */
export class StatsPanel {
  #client;
  #timer;

  constructor(client) {
    this.#client = client;
  }

  get shown() {
    return !byId('stats-panel').hidden;
  }

  toggle(shown = !this.shown) {
    byId('stats-panel').hidden = !shown;
    clearInterval(this.#timer);
    if (!shown) return;
    this.#timer = setInterval(() => this.#draw(), EVERY_MS);
    this.#draw();
  }

  async #draw() {
    const all = await this.#client.stats();
    if (!this.shown) return;
    byId('stats-panel').replaceChildren(...(all.length ? all.map((one) => this.#stream(one)) : [element('p', {}, 'No stream to measure yet.')]));
  }

  #stream(one) {
    const incoming = one.direction === 'in';
    const known = this.#client.room?.streams.get(one.stream);
    const who = incoming ? known?.name ?? one.stream : 'You';
    const rows = [
      ['Resolution', one.width ? `${one.width}×${one.height}` : '–'],
      ['Frames', `${Math.round(one.fps)} /s`],
      ['Bitrate', one.kbps ? bitrate(one.kbps) : '–'],
      ['Loss', `${one.lossPercent.toFixed(1)} %`],
      ['Jitter', `${one.jitterMs} ms`],
      ['Round trip', one.roundTripMs === null ? '–' : `${Math.round(one.roundTripMs)} ms`],
      ['Codec', one.codec || '–'],
      incoming
        ? ['First frame', one.timeToFirstFrameMs === null ? '–' : `${Math.round(one.timeToFirstFrameMs)} ms`]
        : ['Encoded', String(one.framesDecoded)],
    ];
    return element('section', { 'data-testid': 'stats-stream', 'data-stream': one.stream },
      element('h3', {}, `${who}${/screen$/.test(one.stream) ? ', screen' : ''}`, element('span', { class: 'badge' }, incoming ? 'Watching' : 'Sending')),
      element('dl', {}, ...rows.flatMap(([term, value]) => [element('dt', {}, term), element('dd', {}, value)])));
  }
}
