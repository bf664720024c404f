import { byId, element, icon } from './element.js';

const SHOWN_FOR_MS = 7000;
const AT_ONCE = 3;

/**
 * @param {{title: string, text?: string, topic?: string}} words takes the place of what was said on the same topic
 * @param {'bad'|'good'|'plain'} tone
 */
export function toast({ title, text, topic = title }, tone = 'plain') {
  const home = byId('toasts');
  dismiss(topic);
  const node = element('div', { class: `toast ${tone}`, 'data-testid': 'toast', 'data-topic': topic },
    tone === 'bad' ? icon('warning') : null,
    element('div', {}, element('strong', {}, title), text ? element('span', {}, text) : null),
    element('button', { class: 'button quiet icon-only', type: 'button', 'aria-label': 'Dismiss', on: { click: () => node.remove() } }, icon('close')));
  home.append(node);
  while (home.children.length > AT_ONCE) home.firstElementChild.remove();
  setTimeout(() => node.remove(), SHOWN_FOR_MS);
}

/** What was said on this topic (or, without one, at all) is not so any more. */
export function dismiss(topic) {
  for (const node of [...byId('toasts').children]) if (topic === undefined || node.dataset.topic === topic) node.remove();
}
