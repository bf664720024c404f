import { chatTime, hue, initials } from '../text/format.js';
import { refusalWords } from '../text/failure-words.js';
import { byId, element } from './element.js';

const SHOWN = 300;
const SAME_BREATH_MS = 180_000;
const AT_BOTTOM_PX = 60;

/** What is said in the room, and saying something. */
export class ChatPanel {
  #client;
  #unreadChanged;
  #inSight = () => true;
  #unread = 0;
  #ownIds = new Set();
  #last = null;
  #list = byId('messages');
  #input = byId('chat-input');

  /** @param {{inSight: () => boolean, unreadChanged: (n: number) => void}} page */
  constructor(client, { inSight, unreadChanged }) {
    this.#client = client;
    this.#inSight = inSight;
    this.#unreadChanged = unreadChanged;
    client.on('joined', ({ room }) => this.#showAll(room));
    client.on('chat', ({ message }) => this.#arrived(message));
    byId('chat-form').addEventListener('submit', (event) => { event.preventDefault(); this.#send(); });
    this.#list.addEventListener('scroll', () => { if (this.#atBottom()) byId('newer').hidden = true; });
    byId('newer').addEventListener('click', () => this.#toBottom());
    document.addEventListener('visibilitychange', () => this.seen());
  }

  /** Nothing can be said without a connection; what was typed stays. */
  enable(enabled) {
    this.#input.disabled = !enabled;
    byId('chat-send').disabled = !enabled;
    this.#input.placeholder = enabled ? 'Say something' : 'Waiting for the connection';
  }

  focus() {
    this.#input.focus();
  }

  /** The chat came into sight: nothing is unread any more. */
  seen() {
    if (!this.#inSight()) return;
    this.#setUnread(0);
    this.#toBottom();
  }

  clear() {
    this.#list.replaceChildren();
    this.#last = null;
    this.#setUnread(0);
    this.#input.value = '';
    byId('chat-empty').hidden = false;
    byId('newer').hidden = true;
    this.#complain(null);
  }

  #showAll(room) {
    this.#ownIds.add(room.you.id);
    this.#list.replaceChildren();
    this.#last = null;
    this.#list.setAttribute('aria-live', 'off');
    room.chat.slice(-SHOWN).forEach((message) => this.#append(message));
    this.#toBottom();
    requestAnimationFrame(() => this.#list.setAttribute('aria-live', 'polite'));
    byId('chat-empty').hidden = room.chat.length > 0;
  }

  #arrived(message) {
    const own = this.#ownIds.has(message.participant);
    const follow = own || this.#atBottom();
    this.#append(message);
    byId('chat-empty').hidden = true;
    if (follow) this.#toBottom();
    else byId('newer').hidden = false;
    if (!own && !this.#inSight()) this.#setUnread(this.#unread + 1);
  }

  #append(message) {
    const own = this.#ownIds.has(message.participant);
    const follows = this.#last?.participant === message.participant && message.at - this.#last.at < SAME_BREATH_MS;
    this.#last = message;
    this.#list.append(element('li', {
      class: `message${own ? ' own' : ''}${follows ? ' follows' : ''}`, 'data-testid': 'chat-message', 'data-own': String(own), vars: { hue: hue(message.participant) },
    },
      element('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(message.name)),
      element('div', { class: 'message-body' },
        element('div', { class: 'message-head' },
          element('b', {}, own ? 'You' : message.name),
          element('time', { datetime: new Date(message.at).toISOString() }, chatTime(message.at))),
        element('p', { title: new Date(message.at).toLocaleString() }, message.text))));
    while (this.#list.children.length > SHOWN) this.#list.firstElementChild.remove();
  }

  async #send() {
    const text = this.#input.value.trim();
    if (!text) return;
    this.#input.value = '';
    this.#complain(null);
    try {
      await this.#client.chat(text);
    } catch (failure) {
      if (!this.#input.value) this.#input.value = text;
      this.#complain(refusalWords(failure));
    }
  }

  #complain(words) {
    byId('chat-hint').textContent = words ? `${words.title}. ${words.text}` : '';
    byId('chat-hint').hidden = !words;
  }

  #setUnread(n) {
    this.#unread = n;
    byId('chat-unread').textContent = n > 99 ? '99+' : String(n);
    byId('chat-unread').hidden = n === 0;
    byId('tab-chat').setAttribute('aria-label', n ? `Chat, ${n} unread` : 'Chat');
    this.#unreadChanged(n);
  }

  #atBottom() {
    return this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < AT_BOTTOM_PX;
  }

  #toBottom() {
    this.#list.scrollTop = this.#list.scrollHeight;
    byId('newer').hidden = true;
  }
}
