const HISTORY_S = 900;

/** A node in one word: what an operator does next depends on it. */
export function stateOf(node) {
  if (!node.answering) return 'away';
  if (!node.draining) return 'serving';
  return node.rooms === 0 ? 'empty' : 'draining';
}

/** The rooms of each node, the fullest first: `{room, seats, origin, leaving}` by the node's name. */
export function roomsByNode(rooms) {
  const byNode = {};
  for (const { room, origin, sites } of rooms) {
    for (const { node, seats, leaving } of sites) {
      (byNode[node] ??= []).push({ room, seats, leaving, origin: node === origin });
    }
  }
  Object.values(byNode).forEach((list) => list.sort((a, b) => b.seats - a.seats || a.room.localeCompare(b.room)));
  return byNode;
}

/** The whole fleet in figures. Seats of nodes that take nobody do not count as seats. */
export function figures({ nodes, rooms, moving, queue }) {
  const sum = (some, field) => some.reduce((all, node) => all + (node[field] ?? 0), 0);
  const serving = nodes.filter((node) => stateOf(node) === 'serving');
  const cpus = nodes.map((node) => node.cpuPercent ?? 0);
  return {
    nodes: nodes.length, serving: serving.length, draining: nodes.filter((node) => node.draining).length,
    seats: sum(serving, 'seats'), taken: sum(nodes, 'taken'), free: sum(serving, 'free'),
    rooms: rooms.length, moving, waiting: queue?.waiting ?? 0,
    cpuMax: Math.max(0, ...cpus), cpuMean: nodes.length ? cpus.reduce((all, one) => all + one, 0) / nodes.length : 0,
  };
}

/** What the charts draw: the figures of the last quarter of an hour. */
export class History {
  samples = [];

  add(all, now = performance.now() / 1000) {
    this.samples.push({ ...all, at: now });
    this.samples = this.samples.filter((sample) => now - sample.at <= HISTORY_S);
  }

  /** @returns {{x: number, y: number}[]} seconds since the first that is kept */
  line(field) {
    const from = this.samples[0]?.at ?? 0;
    return this.samples.map((sample) => ({ x: sample.at - from, y: sample[field] }));
  }
}

/** Decisions for a time line, the latest first: one after the other with the same outcome and reason is one of them. */
export function timeline(decisions, most = 30) {
  const sorted = [...decisions].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const told = sorted.filter((one, i) => i === 0 || one.reason !== sorted[i - 1].reason || one.nodes !== sorted[i - 1].nodes);
  return told.reverse().slice(0, most);
}
