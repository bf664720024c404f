/** What this browser remembers between visits. Private windows may refuse; then it is forgotten. */

const KEYS = { name: 'grandstand.name', camera: 'grandstand.camera', microphone: 'grandstand.microphone' };

/** @param {keyof typeof KEYS} what */
export function remembered(what) {
  try {
    return localStorage.getItem(KEYS[what]) ?? '';
  } catch {
    return '';
  }
}

/** @param {keyof typeof KEYS} what */
export function remember(what, value) {
  try {
    localStorage.setItem(KEYS[what], value);
  } catch {
    // Storage is refused or full; the page works without it.
  }
}
