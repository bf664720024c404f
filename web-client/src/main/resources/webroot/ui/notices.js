import { byId } from './element.js';
import { chatTime } from '../text/format.js';

const OPEN_HINT_SEEN = 'grandstand.open-hint';

/** What the operators say to everybody: a banner that stays until it is put away, or the next one comes. */
export class Notices {
  constructor(client) {
    client.on('notice', (notice) => this.#show(notice));
    byId('notice-dismiss').addEventListener('click', () => this.#hide());
  }

  #show({ text, at }) {
    byId('notice-text').textContent = text;
    byId('notice-time').textContent = chatTime(at);
    byId('notice-time').setAttribute('datetime', new Date(at).toISOString());
    byId('notice').hidden = false;
  }

  #hide() {
    byId('notice').hidden = true;
  }
}

/** A word, once for each tab, that anybody may enter here under any name: right for a laptop, not for the world. */
export class OpenHint {
  constructor(client) {
    client.on('joined', ({ room }) => { byId('open-hint').hidden = !room.open || seen(); });
    byId('open-hint-dismiss').addEventListener('click', () => { byId('open-hint').hidden = true; remember(); });
  }
}

function seen() {
  try {
    return sessionStorage.getItem(OPEN_HINT_SEEN) === 'seen';
  } catch {
    return false;
  }
}

function remember() {
  try {
    sessionStorage.setItem(OPEN_HINT_SEEN, 'seen');
  } catch {
    // Storage is refused; then it is said again next time.
  }
}
