import { byId } from './element.js';

/**
 * Asks who is coming in. Esc and "All rooms" lead back to the lobby: there is no room without a name.
 *
 * @param {{heading: string, name: string, problem?: string}} words
 * @returns {Promise<string>}
 */
export function askName({ heading, name, problem = '' }) {
  const dialog = byId('name-dialog');
  const field = byId('name');
  byId('name-heading').textContent = heading;
  field.value = name;
  complain(problem);
  dialog.oncancel = () => location.assign('/');
  if (!dialog.open) dialog.showModal();
  field.focus();
  field.select();
  return new Promise((resolve) => {
    byId('name-form').onsubmit = (event) => {
      event.preventDefault();
      const given = field.value.trim();
      if (!given) {
        complain('Tell the others who you are: 1 to 40 characters.');
        field.focus();
        return;
      }
      dialog.close();
      resolve(given);
    };
  });
}

function complain(problem) {
  byId('name-hint').textContent = problem;
  byId('name-hint').classList.toggle('bad', Boolean(problem));
  byId('name').setAttribute('aria-invalid', String(Boolean(problem)));
}
