import { element } from '../ui/element.js';
import { exported } from './saved-runs.js';

const COLUMNS = [
  ['viewers', (run) => `${run.total.withPicture} / ${run.order.viewers}`],
  ['first picture p50', (run) => milliseconds(run.total.firstPictureMedianMs)],
  ['p99', (run) => milliseconds(run.total.firstPictureP99Ms)],
  ['delay p99', (run) => milliseconds(run.total.delayP99Ms)],
  ['freezes', (run) => run.total.freezes],
  ['longest gap', (run) => milliseconds(run.total.longestGapMs)],
  ['incomplete', (run) => run.total.framesIncomplete],
  ['lost', (run) => run.total.packetsLost],
  ['refused', (run) => run.total.refused],
];

/** Finished runs to compare, export and forget. */
export class RunsTable {
  #table;
  #saved;
  #chosen = new Set();
  #compare;

  /** @param compare told the runs that are ticked */
  constructor(table, saved, compare) {
    this.#table = table;
    this.#saved = saved;
    this.#compare = compare;
    this.draw();
  }

  draw() {
    const runs = this.#saved.all;
    if (runs.length === 0) {
      this.#table.replaceChildren();
      return;
    }
    this.#table.replaceChildren(
      element('thead', {}, element('tr', {}, element('th'), element('th', {}, 'run'), ...COLUMNS.map(([name]) => element('th', {}, name)), element('th'))),
      element('tbody', {}, ...runs.map((run) => this.#row(run))),
    );
  }

  #row(run) {
    const key = run.startedAt;
    return element(
      'tr', { 'data-testid': 'run' },
      element('td', {}, element('input', { type: 'checkbox', 'aria-label': `Compare the run of ${key}`, checked: this.#chosen.has(key), on: { change: (event) => this.#choose(key, event.target.checked) } })),
      element('td', {}, `${new Date(key).toLocaleString()} · ${run.order.room}`),
      ...COLUMNS.map(([, value]) => element('td', {}, String(value(run)))),
      element(
        'td', {},
        element('button', { class: 'button quiet', type: 'button', 'data-testid': 'run-export', on: { click: () => exported(`grandstand-run-${key.replaceAll(':', '-')}.json`, run) } }, 'Export'),
        element('button', { class: 'button quiet', type: 'button', on: { click: () => this.#forget(key) } }, 'Forget'),
      ),
    );
  }

  #choose(key, ticked) {
    if (ticked) this.#chosen.add(key);
    else this.#chosen.delete(key);
    this.#compare(this.#saved.all.filter((run) => this.#chosen.has(run.startedAt)));
  }

  #forget(key) {
    this.#chosen.delete(key);
    this.#saved.remove(key);
    this.draw();
  }
}

function milliseconds(value) {
  return `${Math.round(value)} ms`;
}
