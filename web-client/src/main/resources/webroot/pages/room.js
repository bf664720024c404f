import { GrandstandClient } from '../sdk/grandstand-client.js';
import { openCamera } from '../media/capture.js';
import { LiveShow } from '../media/live-show.js';
import { captureWords, refusalWords } from '../text/failure-words.js';
import { isRoomId } from '../text/slug.js';
import { ask } from '../ui/ask.js';
import { ChatPanel } from '../ui/chat-panel.js';
import { ConnectionView } from '../ui/connection-view.js';
import { ControlBar } from '../ui/control-bar.js';
import { byId } from '../ui/element.js';
import { LiveDialog } from '../ui/live-dialog.js';
import { askName } from '../ui/name-prompt.js';
import { PeoplePanel } from '../ui/people-panel.js';
import { RoomsPanel } from '../ui/rooms-panel.js';
import { SeatBanner } from '../ui/seat-banner.js';
import { SidePanel } from '../ui/side-panel.js';
import { stageWords } from '../ui/stage-words.js';
import { Stage } from '../ui/stage.js';
import { StatsPanel } from '../ui/stats-panel.js';
import { toast } from '../ui/toasts.js';
import { remember, remembered } from './remembered.js';
import { listenForShortcuts } from './shortcuts.js';

/*
 * The room page's composition root: makes the parts, connects them, and holds the one thing they
 * share, the room that is being visited. For tests and operators `window.grandstand` is
 * `{client, stats()}`; `?name=Ann&auto=view|live` joins without asking and, for `live`, goes on air.
 */

const asked = new URLSearchParams(location.search);
const auto = asked.get('auto');
let roomId = '';
let roomTitle = '';
let yourName = asked.get('name') || remembered('name');
let unread = 0;

const client = new GrandstandClient();
const show = new LiveShow(client, { changed: showChanged, ended: showEnded });
const stage = new Stage(client, show);
const stats = new StatsPanel(client);
const liveDialog = new LiveDialog();
const controls = new ControlBar(show, {
  goLive, stop: stopLive, screen: toggleScreen, devices: changeDevices, stats: toggleStats,
  mute: () => show.toggle('audio'), camera: () => show.toggle('video'),
});
const chat = new ChatPanel(client, { inSight: () => !document.hidden && panel.visible === 'chat', unreadChanged: (n) => { unread = n; showUnread(); } });
const people = new PeoplePanel(client, youAre);
const rooms = new RoomsPanel(jump);
const panel = new SidePanel(panelChanged);
new ConnectionView(client);
new SeatBanner(client);

client.on('joined', joined);
client.on('room', roomChanged);
client.on('connection', ({ state }) => {
  controls.canGoLive = state === 'joined';
  chat.enable(state === 'joined');
});
// A candidate that arrives after its stream or room was left is no news for people.
client.on('error', (failure) => { if (!['unknown-stream', 'not-joined'].includes(failure.code)) toast(refusalWords(failure), 'bad'); });
for (const out of ['refused', 'removed']) client.on(out, (failure) => { show.forgetAll(); failedToEnter(failure); });
byId('share').addEventListener('click', copyLink);
byId('stage-share').addEventListener('click', copyLink);
byId('leave').addEventListener('click', () => leaveFor(() => location.assign('/')));
listenForShortcuts({ m: () => show.onAir && show.toggle('audio'), v: () => show.onAir && show.toggle('video'), s: toggleStats, c: openChat, Escape: () => stats.shown && toggleStats() });
window.addEventListener('popstate', () => { if (roomInAddress() !== roomId) enter(roomInAddress()); });
window.addEventListener('pagehide', () => client.leaveNow());
window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
window.addEventListener('beforeunload', (event) => { if (show.onAir && !auto) event.preventDefault(); });
window.grandstand = { client, stats: () => client.stats() };

enter(roomInAddress(), { title: asked.get('title') ?? '' });

function roomInAddress() {
  return decodeURIComponent(location.pathname.split('/')[2] ?? '');
}

/** Visits a room, whether the page was just loaded or another room was visited before. */
async function enter(id, { title = '', problem = '' } = {}) {
  show.forgetAll();
  stage.clear();
  chat.clear();
  people.clear();
  roomId = id;
  rooms.here = id;
  named(title || id);
  byId('live-badge').hidden = true;
  if (!isRoomId(id)) {
    stageWords({ title: 'There is no such room', text: 'A room’s address has small letters, digits and dashes only.', actions: [{ words: 'All rooms', act: () => location.assign('/') }] });
    return;
  }
  stageWords({ title: 'Taking your seat' });
  // While somebody types a name, the socket opens and the first offer gets ready.
  client.connect();
  if (!yourName || problem) {
    youAre(await askName({ heading: `Join ${roomTitle}`, name: yourName, problem }));
    if (roomId !== id) return;
  }
  try {
    await client.join({ room: id, name: yourName, ...(title && { title }) });
    if (auto === 'live') goLiveAtOnce();
  } catch (failure) {
    if (failure.code === 'closed' || roomId !== id) return;
    if (failure.field === 'name') enter(id, { title, problem: refusalWords(failure).text });
    else failedToEnter(failure);
  }
}

function youAre(name) {
  yourName = name;
  remember('name', name);
}

function failedToEnter(failure) {
  const words = failure.code === 'no-seat' ? { title: 'This room is full', text: 'Every place is taken. Try again in a moment.' } : refusalWords(failure);
  stage.clear();
  stageWords({ ...words, actions: [
    { words: 'Try again', act: () => enter(roomId, { title: roomTitle }) },
    { words: 'All rooms', act: () => location.assign('/') },
  ] });
}

function joined({ room }) {
  // The address is for sharing: without the title that opened the room.
  if (location.search.includes('title=')) history.replaceState(null, '', location.pathname);
  roomChanged({ room });
}

function roomChanged({ room }) {
  named(room.title);
  byId('live-badge').hidden = !room.live;
  stageWords({ title: 'The stage is free', text: 'Nobody is live yet. Go live yourself, or invite somebody.', share: true });
}

function named(title) {
  roomTitle = title;
  byId('room-title').textContent = title;
  showUnread();
}

function showUnread() {
  const live = client.room?.live ? '● ' : '';
  document.title = `${unread ? `(${unread}) ` : ''}${live}${roomTitle || 'Room'} · Grandstand`;
  byId('panel-unread').hidden = unread === 0 || panel.visible !== null;
}

function panelChanged(tab) {
  rooms.inSight(tab === 'rooms');
  if (tab === 'chat') chat.seen();
  showUnread();
}

function openChat() {
  panel.toggle(true);
  panel.select('chat');
  chat.focus();
}

function showChanged() {
  stage.refresh();
  controls.refresh();
}

function showEnded(kind, why, error) {
  if (why === 'server') toast({ ...refusalWords(error), title: `You are off air: ${refusalWords(error).title.toLowerCase()}` }, 'bad');
  else if (kind === 'screen') toast({ title: 'Screen sharing ended' });
  else toast({ title: 'Your camera stopped', text: 'It was unplugged or taken by another program. Go live again to choose one.' }, 'bad');
}

async function goLive() {
  const choice = await liveDialog.open();
  if (choice) await putOnAir(choice);
}

async function goLiveAtOnce() {
  try {
    await putOnAir({ kind: 'camera', media: await openCamera() });
  } catch (failure) {
    toast(captureWords(failure), 'bad');
  }
}

async function putOnAir({ kind, media }) {
  try {
    await show.start(kind, media);
  } catch (failure) {
    toast(refusalWords(failure), 'bad');
  }
}

async function stopLive() {
  await show.stopAll().catch((failure) => toast(refusalWords(failure), 'bad'));
}

async function toggleScreen() {
  try {
    if (show.screenMedia) await show.stop('screen');
    else await show.shareScreen();
  } catch (failure) {
    toast(failure instanceof DOMException ? captureWords(failure, 'screen') : refusalWords(failure), 'bad');
  }
}

async function changeDevices() {
  const choice = await liveDialog.open({ changing: true });
  if (!choice) return;
  await show.changeDevices(choice.media).catch((failure) => toast(refusalWords(failure), 'bad'));
}

function toggleStats() {
  stats.toggle();
  controls.statsShown(stats.shown);
}

async function leaveFor(next) {
  const sure = !show.onAir || await ask({ title: 'You are live', text: 'Leaving takes you off air for everybody who watches.', yes: 'Leave', no: 'Stay' });
  if (!sure) return;
  show.forgetAll();
  next();
}

function jump({ id, title }) {
  leaveFor(() => {
    history.pushState(null, '', `/room/${id}`);
    enter(id, { title });
  });
}

async function copyLink() {
  const link = `${location.origin}/room/${roomId}`;
  try {
    await navigator.clipboard.writeText(link);
    toast({ title: 'Link copied', text: link }, 'good');
  } catch {
    // Without clipboard access people can still copy what they see.
    toast({ title: 'The link to this room', text: link });
  }
}
