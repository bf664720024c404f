/**
 * Whether each word of the query begins a word of the name, whatever the case and accents: the rule by which
 * the server searches large rooms, too.
 */
export function nameMatches(name, query) {
  const words = plain(name);
  return plain(query).every((sought) => words.some((word) => word.startsWith(sought)));
}

function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}
