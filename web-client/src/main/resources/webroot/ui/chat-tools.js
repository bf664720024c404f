import { ask } from './ask.js';
import { byId } from './element.js';

/** What moderators can do with the whole chat. */
export class ChatTools {
  #select = byId('slow-mode');

  /** @param {(wish: Promise<unknown>) => void} wish is told of each; it shows failures */
  constructor(roomChat, wish) {
    this.#select.addEventListener('change', () => wish(roomChat.slowMode(Number(this.#select.value))));
    byId('clear-chat').addEventListener('click', async () => {
      const sure = await ask({ title: 'Clear the chat?', text: 'Every message disappears for everybody. This cannot be undone.', yes: 'Clear', no: 'Keep' });
      if (sure) wish(roomChat.clear());
    });
  }

  show(room) {
    byId('chat-tools').hidden = !room.moderating;
    const value = String(room.slowModeSeconds);
    // Somebody may have set what is not in the list.
    if (![...this.#select.options].some((option) => option.value === value)) this.#select.append(new Option(`${value} s`, value));
    this.#select.value = value;
  }
}
