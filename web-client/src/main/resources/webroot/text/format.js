const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const PLAIN = new Intl.NumberFormat('en');

/** 1,234 in full up to 9,999; 12.3K from there. */
export function count(n) {
  return n < 10_000 ? PLAIN.format(n) : COMPACT.format(n);
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
