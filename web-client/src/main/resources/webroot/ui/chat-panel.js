import { ChatSampler } from '../chat/chat-sampler.js';
import { refusalWords, wishWords } from '../text/failure-words.js';
import { count } from '../text/format.js';
import { ChatComposer } from './chat-composer.js';
import { chatMessage } from './chat-message.js';
import { ChatTools } from './chat-tools.js';
import { byId } from './element.js';
import { PinnedMessage } from './pinned-message.js';
import { ReactionsBar } from './reactions-bar.js';
import { toast } from './toasts.js';

/** More than the server keeps, so that what goes out at the top is gone there, too. */
const SHOWN = 600;
const SAME_BREATH_MS = 180_000;
const AT_BOTTOM_PX = 60;
const NEAR_TOP_PX = 120;

/** What is said in the room: the list of messages, and the parts around it. */
export class ChatPanel {
  #client;
  #unreadChanged;
  #inSight = () => true;
  #unread = 0;
  #ownIds = new Set();
  #last = null;
  #follows = true;
  #list = byId('messages');
  #sampler = new ChatSampler();
  #menu;
  #composer;
  #reactions;
  #pinned;
  #tools;

  /** @param {{inSight: () => boolean, unreadChanged: (n: number) => void, menu: Menu}} page */
  constructor(client, { inSight, unreadChanged, menu }) {
    this.#client = client;
    this.#menu = menu;
    this.#inSight = inSight;
    this.#unreadChanged = unreadChanged;
    this.#composer = new ChatComposer(client);
    this.#reactions = new ReactionsBar(client);
    this.#pinned = new PinnedMessage(() => this.#wish(client.roomChat.unpin()));
    this.#tools = new ChatTools(client.roomChat, (wish) => this.#wish(wish));
    client.on('joined', ({ room, again }) => { if (!again || !this.#goOn(room)) this.#showAll(room); });
    client.on('chat', ({ message }) => this.#arrived(message));
    client.on('chatChanged', ({ message }) => this.#changed(message));
    client.on('room', ({ room }) => this.#showRules(room));
    this.#list.addEventListener('scroll', () => this.#scrolled());
    // A pin, a hint or a keyboard takes room from below: whoever read the newest still does.
    new ResizeObserver(() => { if (this.#follows) this.#toBottom(); }).observe(this.#list);
    byId('newer').addEventListener('click', () => this.#toBottom());
    document.addEventListener('visibilitychange', () => this.seen());
    setInterval(() => this.#showRate(), 1000);
  }

  enable(enabled) {
    this.#composer.enable(enabled);
    this.#reactions.enable(enabled);
  }

  focus() {
    this.#composer.focus();
  }

  /** The chat came into sight: nothing is unread any more. */
  seen() {
    if (!this.#inSight()) return;
    this.#setUnread(0);
    this.#toBottom();
  }

  clear() {
    this.#empty();
    this.#setUnread(0);
    this.#composer.clear();
    this.#pinned.clear();
  }

  #empty() {
    this.#list.replaceChildren();
    this.#last = null;
    this.#menu.close();
    byId('chat-empty').hidden = false;
    byId('newer').hidden = true;
  }

  /** Back after a moment: what is here stays, what went or came meanwhile goes and comes. @returns {boolean} false if too much did */
  #goOn(room) {
    this.#ownIds.add(room.you.id);
    const place = new Map(room.chat.map(({ id }, index) => [id, index]));
    const gone = [...this.#list.children].map((node) => node.dataset.message).filter((id) => !place.has(id));
    const last = place.get([...this.#list.children].findLast((node) => place.has(node.dataset.message))?.dataset.message);
    if (last === undefined) return false;
    gone.forEach((id) => this.#remove(id));
    const follows = this.#atBottom();
    room.chat.slice(last + 1).forEach((message) => this.#append(message));
    if (follows && last + 1 < room.chat.length) this.#toBottom();
    this.#showRules(room);
    return true;
  }

  #showAll(room) {
    this.#ownIds.add(room.you.id);
    this.#empty();
    this.#list.setAttribute('aria-live', 'off');
    room.chat.forEach((message) => this.#append(message));
    this.#toBottom();
    requestAnimationFrame(() => this.#list.setAttribute('aria-live', 'polite'));
    byId('chat-empty').hidden = room.chat.length > 0;
    this.#showRules(room);
  }

  #showRules(room) {
    this.#list.classList.toggle('moderating', room.moderating);
    this.#pinned.show(room);
    this.#tools.show(room);
    this.#composer.rules(room);
  }

  #changed(message) {
    if (message.type === 'chatCleared') this.#empty();
    if (message.type === 'messageDeleted') this.#remove(message.message);
    this.#showRules(this.#client.room);
  }

  #remove(id) {
    const gone = this.#nodeOf(id);
    // Whoever goes on below needs the name that stood above.
    if (gone && !gone.classList.contains('follows')) gone.nextElementSibling?.classList.remove('follows');
    gone?.remove();
    if (this.#last?.id === id) this.#last = null;
    byId('chat-empty').hidden = this.#list.children.length > 0;
  }

  #arrived(message) {
    const own = this.#ownIds.has(message.participant);
    const forYou = (message.mentions ?? []).some(({ participant }) => this.#ownIds.has(participant));
    if (!own && !this.#inSight()) this.#setUnread(this.#unread + 1);
    if (!this.#sampler.take(own || forYou)) return;
    const follow = own || this.#atBottom();
    this.#append(message);
    byId('chat-empty').hidden = true;
    if (follow) this.#toBottom();
    else byId('newer').hidden = false;
  }

  #append(message) {
    this.#list.append(this.#node(message, this.#last));
    this.#last = message;
    while (this.#list.children.length > SHOWN) this.#list.firstElementChild.remove();
  }

  #node(message, before) {
    return chatMessage(message, {
      own: this.#ownIds.has(message.participant),
      follows: before?.participant === message.participant && message.at - before.at < SAME_BREATH_MS,
      isYou: (participant) => this.#ownIds.has(participant),
      menu: (chosen, button) => this.#openMenu(chosen, button),
    });
  }

  #nodeOf(id) {
    return [...this.#list.children].find((node) => node.dataset.message === id);
  }

  async #showOlder() {
    const first = this.#list.firstElementChild;
    const fromBottom = this.#list.scrollHeight - this.#list.scrollTop;
    try {
      const older = await this.#client.roomChat.older();
      if (older.length === 0 || this.#list.firstElementChild !== first) return;
      const nodes = older.map((message, i) => this.#node(message, older[i - 1]));
      first?.before(...nodes);
      // What one reads stays where it is.
      this.#list.scrollTop = this.#list.scrollHeight - fromBottom;
    } catch (failure) {
      // Scrolling again asks again.
      if (!['rate-limited', 'disconnected', 'timeout'].includes(failure.code)) toast(refusalWords(failure), 'bad');
    }
  }

  #scrolled() {
    this.#follows = this.#atBottom();
    if (this.#follows) byId('newer').hidden = true;
    if (this.#list.scrollTop < NEAR_TOP_PX) this.#showOlder();
  }

  #openMenu(message, button) {
    const { roomChat } = this.#client;
    const muted = this.#client.room?.silenced.get(message.participant)?.chat ?? false;
    const who = message.name;
    this.#menu.open(button, `The message of ${who}`, [
      { words: 'Pin for everybody', drawing: 'pin', testId: 'message-pin', act: () => this.#wish(roomChat.pin(message.id)) },
      { words: 'Delete', drawing: 'trash', danger: true, testId: 'message-delete', act: () => this.#wish(roomChat.delete(message.id)) },
      ...(this.#ownIds.has(message.participant) ? [] : [
        { words: muted ? `Let ${who} write again` : `Mute ${who} in the chat`, drawing: muted ? 'sound' : 'sound-off', danger: !muted, testId: 'message-mute', act: () => this.#wish(this.#client.moderation.mute(message.participant, 'chat', !muted)) },
      ]),
    ]);
  }

  #wish(wish) {
    wish.catch((failure) => {
      toast(wishWords(failure), 'bad');
      if (this.#client.room) this.#showRules(this.#client.room);
    });
  }

  #showRate() {
    const { rate } = this.#sampler;
    byId('chat-busy').hidden = rate === 0;
    if (rate > 0) byId('chat-busy').textContent = `${count(rate)} messages a second: you see some of them`;
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
    this.#follows = true;
    byId('newer').hidden = true;
  }
}
