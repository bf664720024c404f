import { waitWords } from '../text/format.js';
import { byId } from './element.js';

/** Where you stand in the line while every seat is taken. */
export class SeatBanner {
  constructor(client) {
    client.on('seat', (seat) => this.#show(seat));
    client.on('connection', ({ state }) => { if (state !== 'joined' && state !== 'joining') this.#show(null); });
  }

  #show(seat) {
    const banner = byId('seat-banner');
    banner.dataset.state = seat?.state ?? '';
    banner.hidden = seat?.state !== 'queued';
    if (banner.hidden) return;
    const ahead = (seat.position ?? 1) - 1;
    byId('seat-title').textContent = ahead > 0 ? `Number ${seat.position} in line for a seat.` : 'You are next in line for a seat.';
    byId('seat-detail').textContent = `The picture starts by itself ${waitWords(seat.expectedWaitMs)}. Chat works already.`;
  }
}
