/**
 * What is left to do after a `joined`: a stream's connection lives on if the server still has its end
 * and this side's is connected; then nobody touches it, and the picture never stops. If this side's is not,
 * the network between has changed: it may be repaired. What the server kept but nobody here wants any more is
 * to be given back.
 *
 * @param {{you: {id: string}, resumed?: string[]}} joined
 * @param {{stream: string, isConnected: boolean}[]} views
 * @param {{stream: string, isConnected: boolean}[]} publications
 * @returns {{livesOn: Set<string>, broken: Set<string>, unwanted: object[]}} unwanted: messages to send
 */
export function resumption(joined, views, publications) {
  const kept = joined.resumed ?? [];
  const here = [...views, ...publications];
  const livesOn = new Set(kept.filter((stream) => here.some((end) => end.stream === stream && end.isConnected)));
  const broken = new Set(kept.filter((stream) => here.some((end) => end.stream === stream && !end.isConnected)));
  const own = new Set((joined.streams ?? []).filter(({ participant }) => participant === joined.you.id).map(({ id }) => id));
  const unwanted = kept
    .filter((stream) => !here.some((end) => end.stream === stream))
    .map((stream) => ({ type: own.has(stream) ? 'unpublish' : 'unview', stream }));
  return { livesOn, broken, unwanted };
}
