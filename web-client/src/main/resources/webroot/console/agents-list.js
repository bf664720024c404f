import { element } from '../ui/element.js';

const REMEMBERED = 'grandstand.console.agents';

/** The agents of this console. Addresses are remembered; tokens for as long as the tab is open. */
export class AgentsList {
  #list;
  #agents = [];

  constructor(list) {
    this.#list = list;
  }

  get agents() {
    return [...this.#agents];
  }

  add(agent) {
    this.#agents = [...this.#agents.filter((one) => one.address !== agent.address), agent];
    this.#changed();
  }

  #remove(agent) {
    this.#agents = this.#agents.filter((one) => one !== agent);
    this.#changed();
  }

  #changed() {
    sessionStorage.setItem(REMEMBERED, JSON.stringify(this.#agents.map(({ address, token }) => ({ address, token }))));
    this.draw();
  }

  /** @returns {{address: string, token: string}[]} */
  static remembered() {
    return JSON.parse(sessionStorage.getItem(REMEMBERED) ?? '[]');
  }

  draw() {
    this.#list.replaceChildren(...this.#agents.map((agent) => element(
      'li', { 'data-testid': 'agent', 'data-state': agent.state },
      element('div', {}, element('strong', {}, agent.address), element('span', {}, words(agent))),
      element('button', { class: 'button quiet', type: 'button', on: { click: () => this.#remove(agent) } }, 'Remove'),
    )));
  }
}

function words(agent) {
  if (agent.state === 'away') return 'does not answer';
  return `${agent.cpuPercent.toFixed(0)} % of a core, ${agent.memoryMib.toFixed(0)} MiB`;
}
