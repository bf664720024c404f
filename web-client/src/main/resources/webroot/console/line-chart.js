import { element } from '../ui/element.js';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 420;
const HEIGHT = 120;
const LEFT = 40;
const TOP = 8;
const BOTTOM = 18;
const MOST_POINTS = 300;

/** The next round number at or above a value, which has a round half; of nothing and of one that is a whole one, too. */
export function ceiling(value) {
  if (!(value > 0) || value === 1) return 2;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 6, 10].map((step) => step * magnitude).find((round) => round >= value * 0.9999);
}

/** Lines over seconds. `lines`: [{name, points: [{x, y}]}] */
export class LineChart {
  #caption = element('figcaption');
  #svg = document.createElementNS(SVG, 'svg');
  node;

  constructor(title, unit) {
    this.title = title;
    this.unit = unit;
    this.#svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    this.#svg.setAttribute('role', 'img');
    this.#svg.setAttribute('aria-label', title);
    this.node = element('figure', { class: 'chart' }, this.#caption, this.#svg);
    this.draw([]);
  }

  draw(lines) {
    const all = lines.flatMap((line) => line.points);
    const maxX = Math.max(1, ...all.map((point) => point.x));
    const maxY = ceiling(Math.max(0, ...all.map((point) => point.y)));
    this.#caption.replaceChildren(element('b', {}, this.title), this.unit, ...lines.map((line, i) => element('span', { class: `line-${i % 4}` }, `■ ${line.name} ${shown(line.points.at(-1)?.y ?? 0)}`)));
    this.#svg.replaceChildren(...grid(maxX, maxY), ...lines.map((line, i) => polyline(line, i, maxX, maxY)));
  }
}

function grid(maxX, maxY) {
  const rows = [0, 0.5, 1].flatMap((share) => {
    const y = place(share, 1);
    return [
      svg('line', { class: 'grid', x1: LEFT, x2: WIDTH, y1: y, y2: y }),
      svg('text', { x: LEFT - 5, y: y + 3, 'text-anchor': 'end' }, String(+(share * maxY).toFixed(2))),
    ];
  });
  return [...rows, svg('text', { x: LEFT, y: HEIGHT - 4 }, '0'), svg('text', { x: WIDTH, y: HEIGHT - 4, 'text-anchor': 'end' }, `${Math.round(maxX)} s`)];
}

function polyline({ points }, index, maxX, maxY) {
  const step = Math.max(1, Math.ceil(points.length / MOST_POINTS));
  const drawn = points.filter((_, i) => i % step === 0 || i === points.length - 1);
  const text = drawn.map(({ x, y }) => `${(LEFT + (x / maxX) * (WIDTH - LEFT)).toFixed(1)},${place(y, maxY).toFixed(1)}`).join(' ');
  return svg('polyline', { class: `line-${index % 4}`, points: text });
}

function place(y, maxY) {
  return HEIGHT - BOTTOM - (Math.max(0, y) / maxY) * (HEIGHT - TOP - BOTTOM);
}

function svg(tag, attributes, text = '') {
  const node = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  node.textContent = text;
  return node;
}

function shown(value) {
  return Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}
