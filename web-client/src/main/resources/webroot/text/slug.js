const LONGEST = 64;

/**
 * A room's address from its title: `[a-z0-9][a-z0-9-]{0,63}`, or '' when nothing usable is left
 * (the caller then makes one up with `randomSlug`).
 */
export function slug(title) {
  return title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/ß/g, 'ss').replace(/æ/g, 'ae').replace(/ø/g, 'o').replace(/đ/g, 'd').replace(/ł/g, 'l')
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '');
}

/** An address for a title without a single Latin letter or digit. */
export function randomSlug(random = Math.random) {
  return `room-${Math.floor(random() * 36 ** 6).toString(36).padStart(6, '0')}`;
}

export function isRoomId(text) {
  return /^[a-z0-9][a-z0-9-]{0,63}$/.test(text);
}
