import { byId, element } from './element.js';

/**
 * What stands on the stage while no stream does: a welcome, or what went wrong and the way out.
 *
 * @param {{title: string, text?: string, share?: boolean, actions?: {words: string, act: () => void}[]}} what
 */
export function stageWords({ title, text = '', share = false, actions = [] }) {
  byId('stage-empty-title').textContent = title;
  byId('stage-empty-text').textContent = text;
  const home = byId('stage-empty-actions');
  home.querySelectorAll('[data-added]').forEach((node) => node.remove());
  byId('stage-share').hidden = !share;
  for (const { words, act } of actions) {
    home.append(element('button', { class: 'button', type: 'button', 'data-added': '', on: { click: act } }, words));
  }
  home.hidden = !share && !actions.length;
}
