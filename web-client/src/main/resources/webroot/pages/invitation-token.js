const KEY = 'grandstand.token.';

/**
 * The token that an invitation link carries for a room, where Grandstand asks for one: `/room/<id>#token=…`.
 * A fragment is never sent to a server, so it stands in no log; it is taken out of the address, which people
 * share, and kept for this tab.
 *
 * @returns {string} empty without one
 */
export function invitationToken(room) {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given) history.replaceState(null, '', location.pathname + location.search);
  try {
    if (given) sessionStorage.setItem(KEY + room, given);
    return given ?? sessionStorage.getItem(KEY + room) ?? '';
  } catch {
    // Storage is refused; then the token is good for this visit.
    return given ?? '';
  }
}
