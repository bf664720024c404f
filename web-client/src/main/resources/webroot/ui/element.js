const SVG = 'http://www.w3.org/2000/svg';

/**
 * A DOM element. Strings become text nodes, never markup, so names and chat stay text.
 *
 * @param {string} tag
 * @param {object} attributes `on: {event: listener}`, `vars: {name: value}` (CSS custom properties),
 *     booleans, and plain attributes; null, undefined and false are left out
 * @param {...(Node|string|null|undefined|false)} children
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') Object.entries(value).forEach(([type, listener]) => node.addEventListener(type, listener));
    else if (name === 'vars') Object.entries(value).forEach(([key, v]) => node.style.setProperty(`--${key}`, v));
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** One of the drawings in /icons.svg, hidden from screen readers: the control around it has the words. */
export function icon(name) {
  return drawing(`/icons.svg#${name}`, 'icon');
}

/** A drawing of an SVG file, hidden from screen readers. */
export function drawing(href, className) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', href);
  svg.append(use);
  return svg;
}

/** Exchanges the drawing of an icon element. */
export function drawIcon(svg, name) {
  const use = svg.querySelector('use');
  const href = `/icons.svg#${name}`;
  // The browser fetches the drawing again for every write, the same or not.
  if (use.getAttribute('href') !== href) use.setAttribute('href', href);
}

/** @returns {HTMLElement} the element with this id; a page without it is broken and says so */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`the page has no #${id}`);
  return node;
}
