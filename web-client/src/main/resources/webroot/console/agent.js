const PATIENCE_MS = 5000;

/** One load agent, asked over HTTP as docs/agent-api.yaml says. */
export class Agent {
  #lastCpu = null;

  constructor({ address, token }) {
    this.address = new URL(address).origin;
    this.token = token;
    this.state = 'unknown';
    this.cpuPercent = 0;
    this.memoryMib = 0;
  }

  /** @returns {Promise<object>} fails with an Error whose message is for people */
  async #ask(path, body) {
    let answer;
    try {
      answer = await fetch(`${this.address}${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${this.token}`, ...(body && { 'content-type': 'application/json' }) },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch {
      this.state = 'away';
      throw new Error(`${this.address} does not answer`);
    }
    this.state = answer.status === 401 ? 'away' : 'there';
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(`${this.address}: ${said.message ?? `status ${answer.status}`}`);
    return said;
  }

  /** Looks at what it takes of its machine; the processor's share is that since the last look. */
  async look() {
    const { cpuSeconds, memoryMib } = await this.#ask('/agent');
    const now = performance.now() / 1000;
    if (this.#lastCpu) this.cpuPercent = (100 * (cpuSeconds - this.#lastCpu.cpuSeconds)) / (now - this.#lastCpu.now);
    this.#lastCpu = { cpuSeconds, now };
    this.memoryMib = memoryMib;
  }

  pull(order) {
    return this.#ask('/pull/startup', order).then(({ id }) => id);
  }

  pulls() {
    return this.#ask('/pull/find_all');
  }

  push(order) {
    return this.#ask('/push/startup', order).then(({ id }) => id);
  }

  endPull(id) {
    return this.#ask('/pull/terminate', { id });
  }

  endPush(id) {
    return this.#ask('/push/terminate', { id });
  }
}
