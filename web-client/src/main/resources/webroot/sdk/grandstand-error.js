/**
 * A request that was refused or never answered.
 *
 * `code` is one of the protocol's error codes (`bad-field`, `no-seat`, `stream-taken`, …) or one of
 * this client's own: `timeout` (no answer within the bound), `disconnected` (the socket closed before
 * the answer), `closed` (the client was closed), `negotiation-failed` (the browser refused the SDP).
 */
export class GrandstandError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {string=} field name of the offending field, where the server named one
   */
  constructor(code, message, field) {
    super(message);
    this.name = 'GrandstandError';
    this.code = code;
    this.field = field;
  }

  /** Whether the same request may succeed a moment later without anybody changing anything. */
  get temporary() {
    return TEMPORARY.has(this.code);
  }
}

const TEMPORARY = new Set([
  'timeout', 'disconnected', 'unavailable', 'unknown-stream', 'not-found', 'internal', 'rate-limited', 'negotiation-failed',
]);
