const formats = new Map();

/** Made when first needed: the first one costs a page tens of milliseconds, and small numbers need none. */
function format(name, options) {
  if (!formats.has(name)) formats.set(name, new Intl.NumberFormat('en', options));
  return formats.get(name);
}

/** 1,234 in full up to 9,999; 12.3K from there. */
export function count(n) {
  if (n < 1_000) return String(n);
  if (n < 10_000) return format('plain').format(n);
  return format('compact', { notation: 'compact', maximumFractionDigits: 1 }).format(n);
}

/** "1 viewer", "3 viewers". */
export function counted(n, one, many = `${one}s`) {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** Clock time of a chat message, with the day when it was not today. @param {number} at epoch milliseconds */
export function chatTime(at, now = Date.now(), locale = undefined) {
  const when = new Date(at);
  const time = when.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  if (when.toDateString() === new Date(now).toDateString()) return time;
  return `${when.toLocaleDateString(locale, { day: 'numeric', month: 'short' })}, ${time}`;
}

/** An expected wait as people say it: "any moment now", "in about 40 seconds", "in about 3 minutes". */
export function waitWords(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  if (!Number.isFinite(seconds) || seconds <= 4) return 'any moment now';
  if (seconds < 55) return `in about ${Math.ceil(seconds / 5) * 5} seconds`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  return `in about ${counted(minutes, 'minute')}`;
}

export function bitrate(kbps) {
  return kbps >= 1000 ? `${(kbps / 1000).toFixed(2)} Mbit/s` : `${Math.round(kbps)} kbit/s`;
}

/** "Ann", "Ann and Bob", "Ann, Bob and 2 more". */
export function names(list) {
  if (list.length <= 2) return list.join(' and ');
  return `${list[0]}, ${list[1]} and ${list.length - 2} more`;
}

/** Up to two letters for an avatar. */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => [...word][0]).join('').toUpperCase() || '?';
}

/** The same hue (0–359) for the same text, everywhere. */
export function hue(text) {
  let hash = 2166136261;
  for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0), 16777619);
  return (hash >>> 0) % 360;
}
