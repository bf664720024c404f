import { waitWords } from '../text/format.js';
import { byId } from './element.js';

/** Where you stand in the line while every seat is taken. */
export class SeatBanner {
  #client;

  constructor(client) {
    this.#client = client;
    client.on('seat', (seat) => this.#show(seat));
    client.on('connection', ({ state }) => { if (state !== 'joined' && state !== 'joining') this.#show(null); });
    byId('seat-again').addEventListener('click', () => this.#getInLineAgain());
  }

  #show(seat) {
    const banner = byId('seat-banner');
    banner.dataset.state = seat?.state ?? '';
    banner.hidden = seat?.state !== 'queued' && seat?.state !== 'refused';
    if (banner.hidden) return;
    byId('seat-again').hidden = seat.state === 'queued';
    const [title, detail] = seat.state === 'queued' ? lineWords(seat) : ['No seat became free.', 'The room is as full as when you came. Chat works.'];
    byId('seat-title').textContent = title;
    byId('seat-detail').textContent = detail;
  }

  #getInLineAgain() {
    this.#show(null);
    this.#client.askForSeatAgain();
  }
}

function lineWords({ position, expectedWaitMs }) {
  const ahead = (position ?? 1) - 1;
  return [
    ahead > 0 ? `Number ${position} in line for a seat.` : 'You are next in line for a seat.',
    `The picture starts by itself ${waitWords(expectedWaitMs)}. Chat works already.`,
  ];
}
