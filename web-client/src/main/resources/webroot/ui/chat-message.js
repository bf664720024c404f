import { richText } from '../chat/rich-text.js';
import { chatTime, hue, initials } from '../text/format.js';
import { element, icon } from './element.js';

/**
 * One message as a list item.
 *
 * @param {object} message of the protocol
 * @param {{own: boolean, follows: boolean, isYou: (participant: string) => boolean, menu: (message: object, button: Element) => void}} how
 *     follows: the line above is of the same person and moment
 */
export function chatMessage(message, { own, follows, isYou, menu }) {
  const forYou = !own && (message.mentions ?? []).some(({ participant }) => isYou(participant));
  const classes = ['message', own && 'own', follows && 'follows', forYou && 'for-you'].filter(Boolean);
  return element('li', {
    class: classes.join(' '), 'data-testid': 'chat-message', 'data-own': String(own), 'data-message': message.id, 'data-for-you': String(forYou), vars: { hue: hue(message.participant) },
  },
    element('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(message.name)),
    element('div', { class: 'message-body' },
      element('div', { class: 'message-head' },
        element('b', {}, own ? 'You' : message.name),
        element('time', { datetime: new Date(message.at).toISOString() }, chatTime(message.at))),
      element('p', { title: new Date(message.at).toLocaleString(), dir: 'auto' }, ...richNodes(message, isYou))),
    element('button', {
      class: 'button quiet icon-only message-more', type: 'button', 'data-testid': 'message-more', 'aria-haspopup': 'menu', 'aria-label': `What to do with the message of ${message.name}`,
      on: { click: (event) => menu(message, event.currentTarget) },
    }, icon('more')));
}

/** A message's text with its links and mentions, as nodes. */
export function richNodes(message, isYou) {
  return richText(message.text, message.mentions).map((part) => {
    switch (part.kind) {
      case 'link':
        return element('a', { href: part.href, target: '_blank', rel: 'noopener noreferrer nofollow ugc', 'data-testid': 'chat-link' }, part.text);
      case 'mention':
        return element('span', { class: `mention${isYou(part.participant) ? ' you' : ''}`, 'data-testid': 'mention' }, part.text);
      default:
        return part.text;
    }
  });
}
