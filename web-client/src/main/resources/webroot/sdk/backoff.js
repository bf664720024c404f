/** How long to wait before the next attempt: at once, then ever longer, then steadily. */

const FIRST_DELAYS_MS = [0, 300, 1200, 2700, 4800];
const STEADY_DELAY_MS = 7000;
const JITTER = 0.2;

/**
 * @param {number} attempt 0 for the first attempt after a loss
 * @param {() => number} random source of jitter in [0, 1), so that a thousand clients
 *     that lost the same server do not come back in the same millisecond
 * @returns {number} milliseconds, within ±20 % of 0, 300, 1200, 2700, 4800, 7000, 7000, …
 */
export function retryDelayMs(attempt, random = Math.random) {
  const base = FIRST_DELAYS_MS[attempt] ?? STEADY_DELAY_MS;
  return Math.round(base * (1 - JITTER + 2 * JITTER * random()));
}
