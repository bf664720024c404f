import { FleetCharts } from '../ops/fleet-charts.js';
import { figures, History } from '../ops/fleet-state.js';
import { FleetView } from '../ops/fleet-view.js';
import { OperatorsDoor } from '../ops/operators-door.js';
import { QueueView } from '../ops/queue-view.js';
import { ScalingView } from '../ops/scaling-view.js';
import { ShowsView } from '../ops/shows-view.js';
import { count, counted } from '../text/format.js';
import { slug } from '../text/slug.js';
import { ask } from '../ui/ask.js';
import { byId, element } from '../ui/element.js';
import { toast } from '../ui/toasts.js';

const LOOK_MS = 1000;
const REMEMBERED = 'grandstand.ops';
const USUAL_PORT = 8085;

const charts = new FleetCharts(byId('charts'));
const fleet = new FleetView(byId('nodes'), { drain, useAgain });
const queue = new QueueView(byId('queue'));
const scaling = new ScalingView(byId('decisions'));
const shows = new ShowsView(byId('shows'), cancelShow);
let history = new History();
/** The door that is asked now; null before somebody has signed in. */
let door = null;

byId('door-address').value = `${location.protocol}//${location.hostname}:${USUAL_PORT}`;
const remembered = JSON.parse(sessionStorage.getItem(REMEMBERED) ?? 'null');
if (remembered) enter(remembered).catch((failure) => { byId('door-trouble').textContent = failure.message; });

byId('door-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  byId('door-trouble').textContent = '';
  byId('door-enter').disabled = true;
  try {
    await enter({ address: byId('door-address').value, token: byId('door-token').value });
  } catch (failure) {
    byId('door-trouble').textContent = failure.message;
  }
  byId('door-enter').disabled = false;
});

byId('door-leave').addEventListener('click', leave);

byId('scale-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const nodes = Number(byId('scale-nodes').value);
  order(door.scaleTo(nodes), `The fleet is held at ${counted(nodes, 'node')}`);
});
byId('scale-policy').addEventListener('click', () => order(door.scaleByPolicy(), 'The policy decides again'));

byId('show-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const value = (id) => byId(id).value;
  const startsAt = new Date(value('show-starts'));
  const endsAt = new Date(startsAt.getTime() + Number(value('show-minutes')) * 60_000);
  const id = slug(`${value('show-room')} ${startsAt.toISOString().slice(0, 16)}`);
  order(door.announce(id, { room: value('show-room'), startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), audience: Number(value('show-audience')) }), 'The show is announced')
    .then((done) => done && event.target.reset());
});

/** Signs in, if the door opens; the token is kept for as long as the tab is open. */
async function enter(where) {
  const opened = new OperatorsDoor(where);
  const seen = await opened.look();
  sessionStorage.setItem(REMEMBERED, JSON.stringify(where));
  door = opened;
  history = new History();
  byId('door').hidden = true;
  byId('ops').hidden = false;
  byId('door-leave').hidden = false;
  byId('door-token').value = '';
  draw(seen);
  follow(opened);
}

function leave() {
  door = null;
  sessionStorage.removeItem(REMEMBERED);
  byId('ops').hidden = true;
  byId('door-leave').hidden = true;
  byId('door').hidden = false;
  byId('door-state').textContent = '';
  byId('door-token').focus();
}

async function follow(one) {
  while (door === one) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    if (document.hidden || door !== one) continue;
    try {
      const seen = await one.look();
      if (door === one) draw(seen);
    } catch (failure) {
      if (door !== one) return;
      if (failure.status === 401) {
        leave();
        byId('door-trouble').textContent = failure.message;
      } else {
        state('stale', `${failure.message}; what is shown is old`);
      }
    }
  }
}

function draw(seen) {
  const all = figures(seen);
  history.add(all);
  state('fresh', new URL(door.address).host);
  tiles(all);
  charts.draw(history);
  byId('nodes-words').hidden = seen.nodes.length > 0;
  fleet.draw(seen);
  queue.draw(seen.queue);
  byId('scaling-none').hidden = seen.scaling !== null;
  byId('scaling').hidden = seen.scaling === null;
  if (seen.scaling) drawScaling(seen.scaling);
  byId('shows-card').hidden = seen.shows === null;
  if (seen.shows) shows.draw(seen.shows);
}

function drawScaling({ decisions, byHand, fewest, most }) {
  const held = byHand !== null;
  scaling.draw(decisions);
  byId('scale-state').textContent = held ? `Held at ${counted(byHand, 'node')} by hand; the policy only watches.` : `The policy decides: ${fewest} to ${counted(most, 'node')}.`;
  byId('scale-policy').hidden = !held;
  byId('scale-nodes').min = fewest;
  byId('scale-nodes').max = most;
}

function state(kind, words) {
  byId('door-state').dataset.state = kind;
  byId('door-state').textContent = words;
}

function tiles(all) {
  const load = all.seats > 0 ? `${Math.round((100 * all.taken) / (all.seats || 1))} %` : '–';
  const shown = [
    [`${all.serving} / ${all.nodes}`, 'nodes that serve'],
    [`${count(all.taken)} / ${count(all.seats)}`, 'seats taken'],
    [load, 'load'],
    [count(all.rooms), all.rooms === 1 ? 'room' : 'rooms'],
    [count(all.waiting), 'waiting for a seat'],
    [count(all.moving), 'on the way to another node'],
  ];
  byId('tiles').replaceChildren(...shown.map(([value, words]) => element('div', { class: 'tile' }, element('b', {}, value), element('span', {}, words))));
}

async function drain({ node, taken, rooms }) {
  const yes = rooms === 0 || await ask({
    title: `Drain ${node}?`,
    text: `Whoever is on it (${counted(taken, 'person', 'people')} in ${counted(rooms, 'room')}) moves to other nodes as far as there are seats, without a break in the picture. Nothing new comes to it.`,
    yes: 'Drain',
    no: 'Leave it',
  });
  if (yes) await order(door.drain(node), `${node} is being drained`);
}

function useAgain({ node }) {
  return order(door.useAgain(node), `${node} is used again`);
}

async function cancelShow({ id, room }) {
  const yes = await ask({ title: `Cancel the show in ${room}?`, text: 'No seats are made ready for it ahead of time; whoever comes gets one all the same.', yes: 'Cancel it', no: 'Keep it' });
  if (yes) await order(door.cancel(id), 'The show is cancelled');
}

/** @returns {Promise<boolean>} whether it was taken */
async function order(answer, done) {
  try {
    await answer;
    toast({ title: done }, 'good');
    draw(await door.look());
    return true;
  } catch (failure) {
    toast({ title: 'That did not work', text: failure.message }, 'bad');
    return false;
  }
}
