import { LineChart } from '../console/line-chart.js';

const CHARTS = [
  ['Seats', '', [['taken', 'taken'], ['of nodes that serve', 'seats']]],
  ['Nodes', '', [['serving', 'serving'], ['draining', 'draining']]],
  ['People', '', [['waiting', 'waiting'], ['moving', 'moving']]],
  ['Processor', '% of a core', [['busiest node', 'cpuMax'], ['mean', 'cpuMean']]],
];

/** How the fleet has fared since the page was opened. */
export class FleetCharts {
  #charts = CHARTS.map(([title, unit, lines]) => ({ chart: new LineChart(title, unit), lines }));

  constructor(parent) {
    parent.replaceChildren(...this.#charts.map(({ chart }) => chart.node));
  }

  draw(history) {
    for (const { chart, lines } of this.#charts) chart.draw(lines.map(([name, field]) => ({ name, points: history.line(field) })));
  }
}
