import { LineChart } from './line-chart.js';

const CHARTS = [
  ['Viewers', '', [['in the room', 'entered'], ['with a picture', 'withPicture']]],
  ['Received', 'Mbit/s', [['all viewers', 'megabitsPerSecond']]],
  ['First picture', 'ms', [['median', 'firstPictureMedianMs'], ['p99', 'firstPictureP99Ms']]],
  ['Delay of frames', 'ms', [['median', 'delayMedianMs'], ['p99', 'delayP99Ms']]],
  ['Broken picture', 'a second', [['freezes', 'freezes'], ['frames', 'incomplete'], ['packets lost', 'packetsLost']]],
  ['Processor', '% of a core', [['busiest agent', 'agentCpuPercent'], ['node', 'nodeCpuPercent']]],
  ['Memory', 'MiB', [['largest agent', 'agentMemoryMib'], ['node', 'nodeMemoryMib']]],
];

/** The charts of one run while it lasts, or of several laid over each other. */
export class RunCharts {
  #charts = CHARTS.map(([title, unit, lines]) => ({ chart: new LineChart(title, unit), lines }));

  constructor(parent) {
    parent.replaceChildren(...this.#charts.map(({ chart }) => chart.node));
  }

  one(samples) {
    for (const { chart, lines } of this.#charts) {
      const told = lines.filter(([, field], i) => i === 0 || samples.some((sample) => sample[field] != null));
      chart.draw(told.map(([name, field]) => ({ name, points: points(samples, field) })));
    }
  }

  /** Of each chart the first line of each run. */
  several(runs) {
    for (const { chart, lines } of this.#charts) {
      chart.draw(runs.map((run) => ({ name: run.order.viewers + ' viewers', points: points(run.samples, lines[0][1]) })));
    }
  }
}

function points(samples, field) {
  return samples.map((sample) => ({ x: sample.second, y: sample[field] ?? 0 }));
}
