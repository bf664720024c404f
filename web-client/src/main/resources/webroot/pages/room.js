import { GrandstandClient } from '../sdk/grandstand-client.js';
import { openCamera } from '../media/capture.js';
import { LiveShow } from '../media/live-show.js';
import { captureWords, refusalWords, wishWords } from '../text/failure-words.js';
import { isRoomId } from '../text/slug.js';
import { ask } from '../ui/ask.js';
import { ChatPanel } from '../ui/chat-panel.js';
import { ConnectionView } from '../ui/connection-view.js';
import { ControlBar } from '../ui/control-bar.js';
import { byId } from '../ui/element.js';
import { Invitation } from '../ui/invitation.js';
import { LiveDialog } from '../ui/live-dialog.js';
import { Menu } from '../ui/menu.js';
import { askName } from '../ui/name-prompt.js';
import { Notices, OpenHint } from '../ui/notices.js';
import { PeoplePanel } from '../ui/people-panel.js';
import { RoomsPanel } from '../ui/rooms-panel.js';
import { SeatBanner } from '../ui/seat-banner.js';
import { SidePanel } from '../ui/side-panel.js';
import { stageWords } from '../ui/stage-words.js';
import { Stage } from '../ui/stage.js';
import { StatsPanel } from '../ui/stats-panel.js';
import { dismiss, toast } from '../ui/toasts.js';
import { invitationToken } from './invitation-token.js';
import { remember, remembered } from './remembered.js';
import { listenForShortcuts } from './shortcuts.js';

/*
 * The room page's composition root: makes the parts, connects them, and holds the one thing they
 * share, the room that is being visited. For tests and operators `window.grandstand` is
 * `{client, stats()}`; `?name=Ann&auto=view|live` joins without asking and, for `live`, goes on air;
 * `?title=…&video=h264` is for a room that this opens.
 */

const asked = new URLSearchParams(location.search);
const CODECS = ['vp8', 'h264'];
const auto = asked.get('auto');
let roomId = '';
let roomTitle = '';
let yourName = asked.get('name') || remembered('name');
let unread = 0;
let steppingDown = false;
let takenDownAt = -Infinity;

const client = new GrandstandClient();
const show = new LiveShow(client, { changed: showChanged, ended: showEnded });
const stage = new Stage(client, show);
const stats = new StatsPanel(client);
const liveDialog = new LiveDialog();
const menu = new Menu();
const controls = new ControlBar(show, {
  goLive, hand: toggleHand, stepDown, stop: stopLive, screen: toggleScreen, devices: changeDevices, stats: toggleStats,
  mute: toggleMicrophone, camera: () => show.toggle('video'),
});
const chat = new ChatPanel(client, { inSight: () => !document.hidden && panel.visible === 'chat', menu, unreadChanged: (n) => { unread = n; showUnread(); } });
const people = new PeoplePanel(client, { inSight: () => panel.visible === 'people', menu, renamed: youAre });
const rooms = new RoomsPanel(jump);
const panel = new SidePanel(panelChanged);
new ConnectionView(client);
new SeatBanner(client);
new Notices(client);
new OpenHint(client);
const invitation = new Invitation(client, show, { goLive, decline: stepDown });

client.on('joined', joined);
client.on('room', roomChanged);
client.on('connection', ({ state }) => {
  controls.canGoLive = state === 'joined';
  chat.enable(state === 'joined');
});
// A candidate that arrives after its stream or room was left is no news for people.
client.on('error', (failure) => { if (!['unknown-stream', 'not-joined'].includes(failure.code)) toast(refusalWords(failure), 'bad'); });
client.on('refused', turnedAway);
client.on('removed', turnedAway);
byId('share').addEventListener('click', copyLink);
byId('stage-share').addEventListener('click', copyLink);
byId('leave').addEventListener('click', () => leaveFor(() => location.assign('/')));
listenForShortcuts({ m: toggleMicrophone, v: () => show.onAir && show.toggle('video'), s: toggleStats, c: openChat, Escape: () => stats.shown && toggleStats() });
window.addEventListener('popstate', () => { if (roomInAddress() !== roomId) enter(roomInAddress()); });
window.addEventListener('pagehide', () => client.leaveNow());
window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
window.addEventListener('beforeunload', (event) => { if (show.onAir && !auto) event.preventDefault(); });
window.grandstand = { client, stats: () => client.stats() };

enter(roomInAddress(), { title: asked.get('title') ?? '', video: asked.get('video') ?? '' });

function roomInAddress() {
  return decodeURIComponent(location.pathname.split('/')[2] ?? '');
}

/** Visits a room, whether the page was just loaded or another room was visited before. */
async function enter(id, { title = '', video = '', problem = '' } = {}) {
  show.forgetAll();
  stage.clear();
  chat.clear();
  people.clear();
  controls.standing = {};
  document.body.classList.remove('away');
  roomId = id;
  rooms.here = id;
  named(title || id);
  byId('live-badge').hidden = true;
  if (!isRoomId(id)) {
    document.body.classList.add('away');
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
    await client.join({ room: id, name: yourName, token: invitationToken(id), ...(title && { title }), ...(CODECS.includes(video) && { video }) });
    if (auto === 'live') goLiveAtOnce();
  } catch (failure) {
    if (failure.code === 'closed' || roomId !== id) return;
    if (failure.field === 'name') enter(id, { title, video, problem: refusalWords(failure).text });
    else turnedAway(failure);
  }
}

function youAre(name) {
  yourName = name;
  remember('name', name);
}

/** Not in the room, or not any more: why, and a way on. */
function turnedAway(failure) {
  show.forgetAll();
  menu.close();
  dismiss();
  document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close());
  stage.clear();
  chat.clear();
  people.clear();
  controls.standing = {};
  invitation.refresh();
  byId('live-badge').hidden = true;
  document.body.classList.add('away');
  const words = failure.code === 'no-seat' ? { title: 'This room is full', text: 'Every place is taken. Try again in a moment.' } : refusalWords(failure);
  const lobby = { words: 'All rooms', act: () => location.assign('/') };
  const again = { words: failure.code === 'room-closed' ? 'Open it again' : 'Try again', act: () => enter(roomId, { title: roomTitle }) };
  // The likelier next step first: there is no use in knocking where one is not wanted.
  const actions = { banned: [lobby], 'room-closed': [lobby, again], kicked: [lobby, again], locked: [lobby, again], unauthorized: [lobby, again] }[failure.code] ?? [again, lobby];
  actions[0].primary = true;
  stageWords({ ...words, actions, focus: true });
}

function joined({ room }) {
  // The address is for sharing: without what opened the room.
  if (/[?&](title|video)=/.test(location.search)) history.replaceState(null, '', location.pathname);
  roomChanged({ room });
}

function roomChanged({ room, message }) {
  named(room.title);
  byId('live-badge').hidden = !room.live;
  controls.standing = room.standing;
  const text = room.standing.publish === false
    ? 'Nobody is live yet. Raise a hand if you have something to show: a moderator can invite you.'
    : 'Nobody is live yet. Go live yourself, or invite somebody.';
  stageWords({ title: 'The stage is free', text, share: true });
  if (room.standing.microphoneMuted && show.isOn('audio')) show.silence();
  const aboutYou = message && (message.participant?.id ?? message.participant) === room.you.id;
  if (aboutYou) tellYou(message, room);
}

/** What moderators did about you; an invitation has a banner of its own. */
function tellYou({ type, what, muted, mayReturn }, { you }) {
  if (type === 'invited') {
    dismiss('stage');
  } else if (type === 'participantMuted' && what === 'microphone') {
    toast(muted ? { title: 'A moderator muted your microphone', text: 'Only a moderator can allow it again.' } : { title: 'You may speak again', text: 'Your microphone is off until you turn it on.' }, muted ? 'bad' : 'good');
  } else if (type === 'participantMuted') {
    toast(muted ? { title: 'A moderator muted you in the chat', text: 'You can read, and react, but not write.' } : { title: 'You may write again' }, muted ? 'bad' : 'good');
  } else if (type === 'steppedDown' && !mayReturn && you.role !== 'moderator' && !steppingDown && performance.now() - takenDownAt > 1000) {
    toast({ title: 'From now on the stage is by invitation', text: 'Raise a hand, and a moderator can invite you.', topic: 'stage' });
  }
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
  if (tab === 'people') people.seen();
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
  invitation.refresh();
}

function toggleMicrophone() {
  if (client.room?.standing.microphoneMuted) toast(refusalWords({ code: 'muted' }));
  else if (show.onAir) show.toggle('audio');
}

async function toggleHand() {
  const raised = !client.room?.standing.handRaised;
  try {
    await client.raiseHand(raised);
    if (raised) toast({ title: 'Your hand is up', text: 'A moderator sees it and can invite you to the stage.', topic: 'stage' });
  } catch (failure) {
    toast(wishWords(failure), 'bad');
  }
}

/** Off the stage by your own wish, or an invitation declined. */
async function stepDown() {
  const sure = !show.onAir || await ask({ title: 'Step down?', text: 'You go off air and give up your place on the stage.', yes: 'Step down', no: 'Stay' });
  if (!sure) return;
  steppingDown = true;
  try {
    await client.stepDown();
    show.forgetAll();
  } catch (failure) {
    toast(wishWords(failure), 'bad');
  } finally {
    steppingDown = false;
  }
}

function showEnded(kind, why, error) {
  if (why === 'server') toast({ ...refusalWords(error), title: `You are off air: ${refusalWords(error).title.toLowerCase()}` }, 'bad');
  else if (why === 'stage') {
    takenDownAt = performance.now();
    if (!steppingDown) toast({ title: 'A moderator took you off the stage', text: 'Your camera is off. Raise a hand to be invited again.', topic: 'stage' }, 'bad');
  } else if (kind === 'screen') toast({ title: 'Screen sharing ended' });
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
    // Whoever stopped it before it began knows.
    if (failure.code !== 'closed') toast(wishWords(failure), 'bad');
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
