import { counted } from '../text/format.js';
import { randomSlug, slug } from '../text/slug.js';
import { byId } from '../ui/element.js';
import { updateList } from '../listing/keyed-list.js';
import { cardState, roomCard } from '../listing/room-card.js';
import { matching, RoomsFeed } from '../listing/rooms-feed.js';
import { remember, remembered } from './remembered.js';

const SEARCH_FROM = 7;

const name = byId('name');
const title = byId('title');
const search = byId('search');
const fallback = randomSlug();
let rooms = [];

name.value = remembered('name');
search.value = '';
search.addEventListener('input', show);
title.addEventListener('input', describeAddress);
byId('create').addEventListener('submit', open);
byId('empty-action').addEventListener('click', () => {
  if (search.value) {
    search.value = '';
    show();
    search.focus();
  } else {
    (name.value ? title : name).focus();
  }
});
describeAddress();
new RoomsFeed(listed).start();

function listed(latest) {
  byId('rooms-trouble').hidden = latest !== null;
  if (latest === null) {
    byId('rooms').querySelectorAll('.ghost').forEach((ghost) => ghost.remove());
    return;
  }
  rooms = latest;
  byId('rooms').setAttribute('aria-busy', 'false');
  describeAddress();
  show();
}

function show() {
  const query = search.value.trim();
  const found = matching(rooms, query);
  const live = rooms.filter((room) => room.live).length;
  byId('search-box').hidden = rooms.length < SEARCH_FROM && !query;
  updateList(byId('rooms'), found, { key: (room) => room.id, state: cardState, draw: roomCard });
  byId('empty').hidden = found.length > 0;
  if (!found.length) showEmpty(query);
  byId('on-air').textContent = live ? `${counted(live, 'room')} on air` : '';
  document.title = live ? `(${live}) Grandstand: live rooms` : 'Grandstand: live rooms';
  const status = query ? counted(found.length, 'room matches', 'rooms match') : '';
  if (byId('rooms-status').textContent !== status) byId('rooms-status').textContent = status;
}

function showEmpty(query) {
  byId('empty-title').textContent = query ? 'No room matches' : 'The stage is free';
  byId('empty-text').textContent = query ? 'Try a shorter word, or part of a presenter’s name.' : 'No room is open right now. Open one, go live, and send the link around.';
  byId('empty-action').textContent = query ? 'Show all rooms' : 'Open the first room';
}

function roomId() {
  return slug(title.value) || fallback;
}

function describeAddress() {
  const exists = title.value.trim() && rooms.some((room) => room.id === roomId());
  const address = title.value.trim() ? `${location.host}/room/${roomId()}` : '';
  byId('address').textContent = exists ? 'This room is open already: you will join it.' : address;
  byId('create-words').textContent = exists ? 'Join the room' : 'Open the room';
  // How video is coded is said once, by whoever opens the room.
  byId('video-field').hidden = Boolean(exists);
}

function open(event) {
  event.preventDefault();
  const called = name.value.trim();
  const problem = called ? '' : 'Tell the others who you are.';
  byId('name-hint').textContent = problem;
  byId('name-hint').hidden = !problem;
  name.setAttribute('aria-invalid', String(Boolean(problem)));
  if (problem) {
    name.focus();
    return;
  }
  remember('name', called);
  const video = byId('video').value;
  const wishes = new URLSearchParams({ ...(title.value.trim() && { title: title.value.trim() }), ...(video !== 'vp8' && { video }) });
  location.assign(`/room/${roomId()}${wishes.size ? `?${wishes}` : ''}`);
}
