import { byId, element, icon } from './element.js';

const SHOWN_FOR_MS = 7000;
const AT_ONCE = 3;

/** @param {{title: string, text?: string}} words @param {'bad'|'good'|'plain'} tone */
export function toast({ title, text }, tone = 'plain') {
  const home = byId('toasts');
  const same = [...home.children].find((node) => node.dataset.title === title);
  same?.remove();
  const node = element('div', { class: `toast ${tone}`, 'data-testid': 'toast', 'data-title': title },
    tone === 'bad' ? icon('warning') : null,
    element('div', {}, element('strong', {}, title), text ? element('span', {}, text) : null),
    element('button', { class: 'button quiet icon-only', type: 'button', 'aria-label': 'Dismiss', on: { click: () => node.remove() } }, icon('close')));
  home.append(node);
  while (home.children.length > AT_ONCE) home.firstElementChild.remove();
  setTimeout(() => node.remove(), SHOWN_FOR_MS);
}
