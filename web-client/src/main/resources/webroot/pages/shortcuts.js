/** Single-key shortcuts; they keep quiet while somebody types, and while a dialog is open. */
export function listenForShortcuts(keys) {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open]')) return;
    if (event.key !== 'Escape' && event.target.closest?.('input, textarea, select, [contenteditable]')) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    if (event.key !== 'Escape') event.preventDefault();
    act();
  });
}
