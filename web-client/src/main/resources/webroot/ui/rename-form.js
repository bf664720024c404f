import { element } from './element.js';

/** Another name for yourself, typed in place. */
export function renameForm(name, { save, cancel }) {
  const field = element('input', { class: 'input', maxlength: 40, 'aria-label': 'Your name', 'data-testid': 'rename-field', value: name });
  return element('form', { class: 'rename', on: {
    submit: (event) => { event.preventDefault(); save(field.value.trim()); },
    keydown: (event) => { if (event.key === 'Escape') { event.stopPropagation(); cancel(); } },
  } }, field, element('button', { class: 'button primary', 'data-testid': 'rename-save' }, 'Save'));
}
