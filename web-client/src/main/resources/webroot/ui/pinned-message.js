import { richNodes } from './chat-message.js';
import { byId } from './element.js';

/** The message that moderators want everybody to see, above all others. */
export class PinnedMessage {
  /** @param {() => void} unpin */
  constructor(unpin) {
    byId('unpin').addEventListener('click', unpin);
  }

  show(room) {
    const { pinned } = room;
    byId('pinned').hidden = !pinned;
    byId('unpin').hidden = !room.moderating;
    if (!pinned) return;
    byId('pinned-name').textContent = pinned.name;
    byId('pinned-text').replaceChildren(...richNodes(pinned, (participant) => participant === room.you.id));
  }

  clear() {
    byId('pinned').hidden = true;
  }
}
