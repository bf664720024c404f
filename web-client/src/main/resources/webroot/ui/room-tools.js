import { ask } from './ask.js';
import { byId, drawIcon } from './element.js';

/** What moderators can do with the room as a whole: lock it, close it. Everybody sees that it is locked. */
export class RoomTools {
  #locked = false;

  /** @param {(wish: Promise<unknown>) => void} wish is told of each; it shows failures */
  constructor(moderation, wish) {
    byId('lock-room').addEventListener('click', () => wish(moderation.lock(!this.#locked)));
    byId('close-room').addEventListener('click', async () => {
      const sure = await ask({ title: 'Close the room?', text: 'The show ends, and everybody is shown out, you included.', yes: 'Close the room', no: 'Keep it open' });
      if (sure) wish(moderation.closeRoom());
    });
  }

  show(room) {
    this.#locked = room.locked;
    byId('locked-badge').hidden = !room.locked;
    byId('room-tools').hidden = !room.moderating;
    byId('lock-room').setAttribute('aria-pressed', String(room.locked));
    byId('lock-room').classList.toggle('on', room.locked);
    drawIcon(byId('lock-room').querySelector('svg'), room.locked ? 'lock' : 'unlocked');
    byId('lock-words').textContent = room.locked ? 'Locked' : 'Lock the room';
    byId('lock-room').title = room.locked ? 'Let people in again' : 'Let nobody else in';
  }

  clear() {
    byId('locked-badge').hidden = true;
    byId('room-tools').hidden = true;
  }
}
