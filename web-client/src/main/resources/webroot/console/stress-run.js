const SUMS = ['entered', 'withPicture', 'refused', 'megabitsPerSecond', 'framesPerSecond', 'packetsLost', 'incomplete', 'freezes'];
const WORST = ['jitterMs', 'delayMedianMs', 'delayP99Ms'];

/** Viewers split evenly: the first agents take one more if it does not come out even. */
export function shares(viewers, agents) {
  return Array.from({ length: agents }, (_, i) => Math.floor(viewers / agents) + (i < viewers % agents ? 1 : 0));
}

/** One moment of several agents as one: counts add up, of delays the worst counts. */
export function together(latest) {
  const sample = {};
  for (const name of SUMS) sample[name] = latest.reduce((sum, one) => sum + one[name], 0);
  for (const name of WORST) sample[name] = Math.max(0, ...latest.map((one) => one[name]));
  return sample;
}

/** A stress run over several agents: presenters on the first, viewers on all. */
export class StressRun {
  #jobs = [];
  #push = null;
  #began = 0;

  /** @param order {uri, room, presenters, viewers, rate, seconds, token} */
  constructor(agents, order) {
    this.agents = agents;
    this.order = order;
    this.samples = [];
    this.figures = [];
    this.startedAt = new Date().toISOString();
  }

  async start() {
    const { uri, room, presenters, viewers, rate, token } = this.order;
    const entry = { uri, room, ...(token && { token }) };
    try {
      if (presenters > 0) this.#push = { agent: this.agents[0], id: await this.agents[0].push({ ...entry, count: presenters }) };
      const counts = shares(viewers, this.agents.length);
      await Promise.all(this.agents.map(async (agent, i) => {
        if (counts[i] === 0) return;
        const id = await agent.pull({ ...entry, count: counts[i], rate: rate / this.agents.length });
        this.#jobs.push({ agent, id });
      }));
    } catch (failure) {
      await this.stop().catch(() => {});
      throw failure;
    }
    this.#began = performance.now();
  }

  get seconds() {
    return (performance.now() - this.#began) / 1000;
  }

  get over() {
    return this.seconds >= this.order.viewers / this.order.rate + this.order.seconds;
  }

  /** One more sample. @param node {cpuPercent, memoryMib} of the node that is watched, or null */
  async look(node) {
    const found = await Promise.all(this.#jobs.map(async ({ agent, id }) => (await agent.pulls()).find((pull) => pull.id === id)));
    const there = found.filter((pull) => pull?.latest);
    this.figures = there.map((pull) => pull.figures);
    const firsts = this.figures.filter((one) => one.withPicture > 0);
    this.samples.push({
      second: this.seconds,
      ...together(there.map((pull) => pull.latest)),
      firstPictureMedianMs: Math.max(0, ...firsts.map((one) => one.firstPictureMedianMs)),
      firstPictureP99Ms: Math.max(0, ...firsts.map((one) => one.firstPictureP99Ms)),
      agentCpuPercent: Math.max(0, ...this.agents.map((agent) => agent.cpuPercent)),
      agentMemoryMib: Math.max(0, ...this.agents.map((agent) => agent.memoryMib)),
      nodeCpuPercent: node?.cpuPercent ?? null,
      nodeMemoryMib: node?.memoryMib ?? null,
    });
  }

  async stop() {
    const jobs = this.#jobs;
    const push = this.#push;
    this.#jobs = [];
    this.#push = null;
    await Promise.all(jobs.map(({ agent, id }) => agent.endPull(id)));
    if (push) await push.agent.endPush(push.id);
  }

  /** What is kept of it: no tokens. */
  saved() {
    const { uri, room, presenters, viewers, rate, seconds } = this.order;
    return {
      startedAt: this.startedAt,
      order: { uri, room, presenters, viewers, rate, seconds },
      agents: this.agents.map((agent) => agent.address),
      total: total(this.figures),
      samples: this.samples,
    };
  }
}

/** All agents' figures as one. */
export function total(figures) {
  const sum = (name) => figures.reduce((all, one) => all + (one[name] ?? 0), 0);
  const worst = (name) => Math.max(0, ...figures.map((one) => one[name] ?? 0));
  return {
    entered: sum('entered'), withPicture: sum('withPicture'), refused: sum('refused'), failures: sum('failures'),
    framesComplete: sum('framesComplete'), framesIncomplete: sum('framesIncomplete'), freezes: sum('freezes'),
    packetsLost: sum('packetsLost'), packetsMissed: sum('packetsMissed'), packetsRepaired: sum('packetsRepaired'),
    longestGapMs: worst('longestGapMs'), firstPictureMedianMs: worst('firstPictureMedianMs'),
    firstPictureP99Ms: worst('firstPictureP99Ms'), delayMedianMs: worst('delayMedianMs'), delayP99Ms: worst('delayP99Ms'),
  };
}
