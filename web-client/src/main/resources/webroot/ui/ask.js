import { byId } from './element.js';

/**
 * A question that must be answered before something is lost.
 *
 * @param {{title: string, text: string, yes: string, no: string}} words
 * @returns {Promise<boolean>} false too when dismissed by Esc
 */
export function ask({ title, text, yes, no }) {
  const dialog = byId('ask-dialog');
  byId('ask-heading').textContent = title;
  byId('ask-text').textContent = text;
  byId('ask-yes').textContent = yes;
  byId('ask-no').textContent = no;
  dialog.returnValue = 'no';
  dialog.showModal();
  byId('ask-no').focus();
  return new Promise((resolve) => dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }));
}
