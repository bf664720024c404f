/** Every reaction of the protocol and what it is called; reactions.svg has a drawing of each. */
export const REACTIONS = [
  { code: 'heart', words: 'Love it' },
  { code: 'clap', words: 'Applause' },
  { code: 'thumbs-up', words: 'Thumbs up' },
  { code: 'laugh', words: 'Funny' },
  { code: 'wow', words: 'Wow' },
  { code: 'fire', words: 'Fire' },
  { code: 'party', words: 'Party' },
  { code: 'sad', words: 'Sad' },
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
