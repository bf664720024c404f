import { byId, element } from './element.js';

/**
 * What stands on the stage while no stream does: a welcome, or what went wrong and the way out.
 *
 * @param {{title: string, text?: string, share?: boolean, actions?: {words: string, act: () => void, primary?: boolean}[],
 *     focus?: boolean}} what focus: the first action gets it, since what had it is gone
 */
export function stageWords({ title, text = '', share = false, actions = [], focus = false }) {
  byId('stage-empty-title').textContent = title;
  byId('stage-empty-text').textContent = text;
  const home = byId('stage-empty-actions');
  home.querySelectorAll('[data-added]').forEach((node) => node.remove());
  byId('stage-share').hidden = !share;
  for (const { words, act, primary } of actions) {
    home.append(element('button', { class: `button${primary ? ' primary' : ''}`, type: 'button', 'data-added': '', on: { click: act } }, words));
  }
  home.hidden = !share && !actions.length;
  if (focus) home.querySelector('[data-added]')?.focus();
}
