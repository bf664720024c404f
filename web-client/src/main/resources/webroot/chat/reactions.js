/** Every reaction of the protocol, how it is drawn and what it is called. */
export const REACTIONS = [
  { code: 'heart', emoji: '❤️', words: 'Love it' },
  { code: 'clap', emoji: '👏', words: 'Applause' },
  { code: 'thumbs-up', emoji: '👍', words: 'Thumbs up' },
  { code: 'laugh', emoji: '😂', words: 'Funny' },
  { code: 'wow', emoji: '😮', words: 'Wow' },
  { code: 'fire', emoji: '🔥', words: 'Fire' },
  { code: 'party', emoji: '🎉', words: 'Party' },
  { code: 'sad', emoji: '😢', words: 'Sad' },
];

/**
 * Which reactions to let rise over the stage: of many only a part, each kind by its share and at least once.
 *
 * @param {Object<string, number>} counts
 * @returns {string[]} codes
 */
export function risingOf(counts, most = 12) {
  const known = REACTIONS.map(({ code }) => [code, counts[code] ?? 0]).filter(([, n]) => n > 0);
  const sum = known.reduce((total, [, n]) => total + n, 0);
  const share = Math.min(1, most / sum);
  return known.flatMap(([code, n]) => Array(Math.max(1, Math.floor(n * share))).fill(code));
}
