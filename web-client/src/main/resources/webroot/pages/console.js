import { Agent } from '../console/agent.js';
import { AgentsList } from '../console/agents-list.js';
import { NodeFigures } from '../console/node-figures.js';
import { RunCharts } from '../console/run-charts.js';
import { RunsTable } from '../console/runs-table.js';
import { exported, SavedRuns } from '../console/saved-runs.js';
import { SingleStream } from '../console/single-stream.js';
import { StressRun, total } from '../console/stress-run.js';
import { byId, element } from '../ui/element.js';

const LOOK_MS = 1000;

const list = new AgentsList(byId('agents'));
const charts = new RunCharts(byId('charts'));
const saved = new SavedRuns();
const runs = new RunsTable(byId('runs'), saved, (chosen) => {
  if (chosen.length > 0) charts.several(chosen);
  else charts.one(run?.samples ?? []);
});
const single = new SingleStream(byId('pull-video'), (words) => { byId('pull-state').textContent = words; });
let run = null;
let node = new NodeFigures('');

byId('run-uri').value = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
AgentsList.remembered().forEach((one) => list.add(new Agent(one)));
tiles(total([]));

byId('add-agent').addEventListener('submit', async (event) => {
  event.preventDefault();
  const trouble = byId('agent-trouble');
  trouble.textContent = '';
  try {
    const address = byId('agent-address').value;
    const agent = new Agent({ address, token: byId('agent-token').value });
    await agent.look();
    list.add(agent);
    // Unless somebody types the next one already.
    if (byId('agent-address').value === address) event.target.reset();
  } catch (failure) {
    trouble.textContent = failure.message;
  }
});

byId('run-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const value = (id) => byId(id).value;
  const number = (id) => Number(value(id));
  if (list.agents.length === 0) {
    say('Add an agent first');
    return;
  }
  running(true);
  node = new NodeFigures(value('run-node'));
  run = new StressRun(list.agents, {
    uri: value('run-uri'), room: value('run-room'), token: value('run-token'), presenters: number('run-presenters'),
    viewers: number('run-viewers'), rate: number('run-rate'), seconds: number('run-seconds'),
  });
  try {
    await run.start();
    say('Running');
    follow(run);
  } catch (failure) {
    run = null;
    running(false);
    say(failure.message);
  }
});

byId('run-stop').addEventListener('click', () => run && finish(run));
byId('pull-form').addEventListener('submit', (event) => {
  event.preventDefault();
  single.watch(byId('pull-room').value, byId('run-token').value)
    .catch((failure) => { byId('pull-state').textContent = failure.message; });
});
byId('export-all').addEventListener('click', () => exported('grandstand-runs.json', saved.all));
addEventListener('pagehide', () => {
  single.stop();
  run?.stop().catch(() => {});
});

async function follow(one) {
  while (run === one) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    if (run !== one) return;
    try {
      const figures = await node.look().catch(() => null);
      await one.look(figures);
      say(`Running for ${Math.round(one.seconds)} s`);
    } catch (failure) {
      say(failure.message);
    }
    charts.one(one.samples);
    tiles(total(one.figures));
    if (one.over) await finish(one);
  }
}

async function finish(one) {
  if (run !== one) return;
  run = null;
  say('Ending …');
  await one.stop().then(() => say('Finished'), (failure) => say(failure.message));
  saved.add(one.saved());
  runs.draw();
  running(false);
}

function say(words) {
  byId('run-state').textContent = words;
}

function running(is) {
  byId('run-start').disabled = is;
  byId('run-stop').disabled = !is;
}

function tiles(all) {
  const shown = [
    [`${all.withPicture} / ${all.entered}`, 'viewers with a picture'],
    [`${Math.round(all.firstPictureMedianMs)} ms`, 'first picture, median'],
    [`${all.delayP99Ms.toFixed(1)} ms`, 'delay, p99'],
    [all.freezes, 'freezes over 150 ms'],
    [all.framesIncomplete, 'frames incomplete'],
    [`${all.packetsRepaired} / ${all.packetsMissed}`, 'missing packets repaired'],
    [all.refused + all.failures, 'refused or failed'],
  ];
  byId('tiles').replaceChildren(...shown.map(([value, words]) => element('div', { class: 'tile' }, element('b', {}, String(value)), element('span', {}, words))));
}

setInterval(async () => {
  if (document.hidden) return;
  await Promise.allSettled(list.agents.map((agent) => agent.look()));
  list.draw();
}, 2 * LOOK_MS);
