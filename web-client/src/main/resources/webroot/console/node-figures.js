/** Processor and memory of a node from its /metrics page (Prometheus), as far as it tells; null without an address. */
export class NodeFigures {
  #address;
  #last = null;

  constructor(address) {
    this.#address = address;
  }

  async look() {
    if (!this.#address) return null;
    const answer = await fetch(this.#address, { signal: AbortSignal.timeout(3000) });
    const metrics = parse(await answer.text());
    const now = performance.now() / 1000;
    const cpu = metrics.process_cpu_seconds_total;
    const percent = this.#last ? (100 * (cpu - this.#last.cpu)) / (now - this.#last.now) : 0;
    this.#last = { cpu, now };
    return { cpuPercent: percent || 0, memoryMib: (metrics.process_resident_memory_bytes ?? 0) / (1 << 20) };
  }
}

/** Sums over labels, by name. */
export function parse(text) {
  const sums = {};
  for (const line of text.split('\n')) {
    const [, name, value] = /^([a-zA-Z_:][\w:]*)(?:\{[^}]*\})? ([^ ]+)/.exec(line) ?? [];
    if (name) sums[name] = (sums[name] ?? 0) + Number(value);
  }
  return sums;
}
