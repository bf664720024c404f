import { SlowMode } from '../chat/slow-mode.js';
import { wishWords } from '../text/failure-words.js';
import { byId } from './element.js';

const SENDING_AFTER_MS = 500;
/** Where one writes: sending, what became of it, and how long slow mode makes one wait. */
export class ChatComposer {
  #client;
  #slow = new SlowMode();
  #enabled = false;
  #silenced = false;
  #underWay = 0;
  #input = byId('chat-input');

  constructor(client) {
    this.#client = client;
    byId('chat-form').addEventListener('submit', (event) => { event.preventDefault(); this.#send(); });
    setInterval(() => this.#refresh(), 500);
  }

  /** Nothing can be said without a connection; what was typed stays. */
  enable(enabled) {
    this.#enabled = enabled;
    this.#refresh();
  }

  focus() {
    this.#input.focus();
  }

  /** The room's rules may have changed. */
  rules(room) {
    this.#slow.seconds = room.slowModeSeconds;
    this.#slow.exempt = room.moderating;
    this.#silenced = room.standing.chat === false;
    this.#refresh();
  }

  clear() {
    this.#silenced = false;
    this.#input.value = '';
    this.#complain(null);
  }

  async #send() {
    const text = this.#input.value.trim();
    if (!text || this.#slow.waitSeconds > 0) return;
    this.#input.value = '';
    this.#complain(null);
    this.#underWay += 1;
    const slowly = setTimeout(() => { byId('chat-sending').hidden = false; }, SENDING_AFTER_MS);
    try {
      await this.#client.roomChat.send(text);
      this.#slow.said();
    } catch (failure) {
      if (failure.code === 'closed') return;
      if (!this.#input.value) this.#input.value = text;
      this.#complain(failure);
    } finally {
      clearTimeout(slowly);
      this.#underWay -= 1;
      byId('chat-sending').hidden = this.#underWay === 0 || byId('chat-sending').hidden;
      this.#refresh();
    }
  }

  #refresh() {
    const open = this.#enabled && !this.#silenced;
    this.#input.disabled = !open;
    this.#input.placeholder = this.#silenced ? 'You can only read here' : this.#enabled ? 'Say something' : 'Waiting for the connection';
    byId('chat-send').disabled = !open || this.#slow.waitSeconds > 0;
    const words = this.#slow.words;
    if (byId('slow-hint').textContent !== words) byId('slow-hint').textContent = words;
    byId('slow-hint').hidden = !words;
    byId('slow-hint').dataset.wait = String(this.#slow.waitSeconds);
  }

  #complain(failure) {
    const words = failure && wishWords(failure);
    byId('chat-hint').textContent = words ? `${words.title}. ${words.text}` : '';
    byId('chat-hint').hidden = !words;
  }
}
