import { byId } from './element.js';

const SAY_SO_AFTER_MS = 350;
const LOST_AFTER_MS = 30_000;

/** How the connection is, as a dot and a word in the head and, while it is away, as a banner with a countdown. */
export class ConnectionView {
  #client;
  #everJoined = false;
  #awaySince = 0;
  #retryAt = 0;
  #ticker;

  constructor(client) {
    this.#client = client;
    client.on('connection', (status) => this.#changed(status));
    byId('retry-now').addEventListener('click', () => client.retryNow());
    window.addEventListener('online', () => client.retryNow());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) client.retryNow(); });
  }

  #changed({ state, retryInMs }) {
    if (state === 'joined' || state === 'closed') {
      this.#everJoined ||= state === 'joined';
      this.#awaySince = 0;
      this.#stop();
      if (state === 'joined') this.#show('live', 'Connected');
      else this.#show('idle', 'Not connected');
      byId('connection-banner').hidden = true;
      return;
    }
    if (state === 'reconnecting') {
      this.#awaySince ||= performance.now();
      this.#retryAt = performance.now() + retryInMs;
      this.#ticker ??= setInterval(() => this.#tick(), 250);
      this.#tick();
    } else if (!this.#awaySince) {
      this.#show('connecting', 'Connecting');
    }
  }

  #tick() {
    const away = performance.now() - this.#awaySince;
    const lost = away > LOST_AFTER_MS;
    this.#show(lost ? 'lost' : 'reconnecting', lost ? 'Connection lost' : 'Reconnecting');
    if (away < SAY_SO_AFTER_MS) return;
    const seconds = Math.ceil((this.#retryAt - performance.now()) / 1000);
    byId('connection-banner').hidden = false;
    byId('connection-banner').classList.toggle('lost', lost);
    byId('back-to-lobby').hidden = !lost;
    write('connection-title', lost ? 'Still no connection.' : this.#everJoined ? 'The connection was lost.' : 'Grandstand cannot be reached.');
    write('connection-detail', (seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying now.')
      + (lost ? ' Check this device’s network.' : this.#everJoined ? ' You keep your place.' : ''));
    byId('retry-now').disabled = seconds <= 0;
  }

  #stop() {
    clearInterval(this.#ticker);
    this.#ticker = undefined;
  }

  #show(state, words) {
    byId('connection').dataset.state = state;
    write('connection-words', words);
  }
}

/** Writes only what differs: a screen reader repeats what is written again. */
function write(id, text) {
  if (byId(id).textContent !== text) byId(id).textContent = text;
}
