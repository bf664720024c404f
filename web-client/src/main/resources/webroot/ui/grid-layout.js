/**
 * Where the tiles of a stage go: as large as they can be, all 16:9, centred.
 *
 * @param {{width: number, height: number, count: number, featured?: number, gap?: number}} stage
 *     sizes in CSS pixels; featured: the index of the tile that gets most of the room, or -1
 * @returns {{x: number, y: number, width: number, height: number}[]} in the order of the tiles
 */
export function layOut({ width, height, count, featured = -1, gap = 12 }) {
  if (count <= 0 || width <= 0 || height <= 0) return [];
  if (featured < 0 || featured >= count || count === 1) return grid({ x: 0, y: 0, width, height }, count, gap);
  const side = width / height > 1.2;
  const strip = side ? Math.max(120, Math.round(width * 0.22)) : Math.max(72, Math.round(height * 0.26));
  const main = side ? { x: 0, y: 0, width: width - strip - gap, height } : { x: 0, y: 0, width, height: height - strip - gap };
  const rest = side
    ? { x: width - strip, y: 0, width: strip, height }
    : { x: 0, y: height - strip, width, height: strip };
  const others = grid(rest, count - 1, gap);
  others.splice(featured, 0, grid(main, 1, gap)[0]);
  return others;
}

const RATIO = 16 / 9;

function grid(area, count, gap) {
  let best = { width: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const cellWidth = (area.width - gap * (columns - 1)) / columns;
    const cellHeight = (area.height - gap * (rows - 1)) / rows;
    const tileWidth = Math.max(0, Math.min(cellWidth, cellHeight * RATIO));
    if (tileWidth > best.width) best = { width: tileWidth, height: tileWidth / RATIO, columns, rows };
  }
  if (best.width === 0) return Array.from({ length: count }, () => ({ x: area.x, y: area.y, width: 0, height: 0 }));
  const top = area.y + (area.height - best.rows * best.height - (best.rows - 1) * gap) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / best.columns);
    const inRow = row === best.rows - 1 ? count - row * best.columns : best.columns;
    const left = area.x + (area.width - inRow * best.width - (inRow - 1) * gap) / 2;
    return {
      x: Math.round(left + (index % best.columns) * (best.width + gap)),
      y: Math.round(top + row * (best.height + gap)),
      width: Math.floor(best.width),
      height: Math.floor(best.height),
    };
  });
}
