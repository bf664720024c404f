const ADDRESS = /https?:\/\/[^\s<>"'`]+/gi;
const NOT_THE_END = /[.,;:!?…*_~]+$/;
const WORD = /[\p{L}\p{N}]/u;

/**
 * A message in parts: text, links to http and https addresses, and names that it mentions. Parts are
 * data; whoever draws them makes text nodes and anchors of them, so nothing in a message is markup.
 *
 * @param {string} text
 * @param {{participant: string, name: string}[]} mentions as the server found them
 * @returns {{kind: 'text'|'link'|'mention', text: string, href?: string, participant?: string}[]}
 */
export function richText(text, mentions = []) {
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTheSentence(match[0]);
    const href = safeAddress(address);
    if (!href) continue;
    parts.push(...withMentions(text.slice(done, match.index), mentions));
    parts.push({ kind: 'link', text: address, href });
    done = match.index + address.length;
  }
  parts.push(...withMentions(text.slice(done), mentions));
  return parts;
}

/** @returns {string|null} the address as the browser reads it; null unless it leads to a host by http or https */
export function safeAddress(address) {
  try {
    const url = new URL(address);
    return ['http:', 'https:'].includes(url.protocol) && url.hostname && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}

/** What ends the sentence, or closes the bracket that the address stands in, is not part of it. */
function withoutTheSentence(address) {
  let short = address;
  for (;;) {
    const before = short;
    short = short.replace(NOT_THE_END, '');
    for (const [open, close] of ['()', '[]', '{}']) {
      if (short.endsWith(close) && count(short, close) > count(short, open)) short = short.slice(0, -1);
    }
    if (short === before) return short;
  }
}

function count(text, letter) {
  return text.split(letter).length - 1;
}

function withMentions(text, mentions) {
  const parts = [];
  let plain = '';
  const names = [...mentions].sort((a, b) => b.name.length - a.name.length);
  for (let i = 0; i < text.length;) {
    const named = text[i] === '@' && !WORD.test(text[i - 1] ?? '') ? names.find(({ name }) => isNameAt(text, i + 1, name)) : null;
    if (named) {
      if (plain) parts.push({ kind: 'text', text: plain });
      plain = '';
      const end = i + 1 + named.name.length;
      parts.push({ kind: 'mention', text: text.slice(i, end), participant: named.participant });
      i = end;
    } else {
      plain += text[i];
      i += 1;
    }
  }
  if (plain) parts.push({ kind: 'text', text: plain });
  return parts;
}

function isNameAt(text, start, name) {
  const end = start + name.length;
  return text.slice(start, end).toLowerCase() === name.toLowerCase() && !WORD.test(text[end] ?? '');
}
