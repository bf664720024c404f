/**
 * Brings a list in the page up to date without touching what did not change, so that focus, scroll
 * and hover survive a refresh every two seconds.
 *
 * @param {HTMLElement} parent
 * @param {object[]} items
 * @param {{key: (item) => string, state: (item) => string, draw: (item) => HTMLElement}} how
 */
export function updateList(parent, items, { key, state, draw }) {
  for (const node of [...parent.children]) if (!node.dataset.key) node.remove();
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const known = old.get(key(item));
    old.delete(key(item));
    let node = known;
    if (!known || known.dataset.state !== state(item)) {
      node = draw(item);
      node.dataset.key = key(item);
      node.dataset.state = state(item);
      const focused = known?.contains(document.activeElement);
      if (known) {
        if (place === known) place = node;
        known.replaceWith(node);
      }
      if (focused) (node.querySelector('a, button') ?? node).focus();
    }
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
  old.forEach((node) => node.remove());
}
