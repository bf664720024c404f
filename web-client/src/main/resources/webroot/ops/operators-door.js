const PATIENCE_MS = 10_000;

/** The operators' door of media-allocator-svc (docs/admin-api.yaml), asked with the operators' token. */
export class OperatorsDoor {
  #token;

  constructor({ address, token }) {
    this.address = new URL(address).origin;
    this.#token = token;
  }

  /**
   * All that the page shows, as of now. What an installation does not have is null: nothing scales a fleet that is listed in
   * GRANDSTAND_MEDIA_NODES.
   */
  async look() {
    const [fleet, placements, queue, scaling, shows] = await Promise.all([
      this.#ask('GET', 'nodes'), this.#ask('GET', 'placements'), this.#askIfThere('queue'), this.#askIfThere('scaling'), this.#askIfThere('shows'),
    ]);
    return { nodes: fleet.nodes, moving: fleet.moving, rooms: placements.rooms, queue, scaling, shows: shows?.shows ?? null };
  }

  drain(node) {
    return this.#ask('POST', `nodes/${encodeURIComponent(node)}/drain`);
  }

  useAgain(node) {
    return this.#ask('DELETE', `nodes/${encodeURIComponent(node)}/drain`);
  }

  scaleTo(nodes) {
    return this.#ask('PUT', 'scaling', { nodes });
  }

  scaleByPolicy() {
    return this.#ask('DELETE', 'scaling');
  }

  announce(id, show) {
    return this.#ask('PUT', `shows/${encodeURIComponent(id)}`, show);
  }

  cancel(id) {
    return this.#ask('DELETE', `shows/${encodeURIComponent(id)}`);
  }

  async #askIfThere(path) {
    return this.#ask('GET', path).catch((failure) => {
      if (failure.status === 404) return null;
      throw failure;
    });
  }

  /** Fails with an Error whose message is for people; `status` is 0 where nobody answered. */
  async #ask(method, path, body) {
    let answer;
    try {
      answer = await fetch(`${this.address}/admin/${path}`, {
        method,
        headers: { authorization: `Bearer ${this.#token}`, ...(body && { 'content-type': 'application/json' }) },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch {
      throw failed(0, `Nobody answers at ${this.address}`);
    }
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return said;
    throw failed(answer.status, answer.status === 401 ? 'That is not the operators’ token' : said.detail ?? `Refused with status ${answer.status}`);
  }
}

function failed(status, message) {
  return Object.assign(new Error(message), { status });
}
