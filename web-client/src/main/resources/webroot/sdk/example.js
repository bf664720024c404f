import { GrandstandClient } from './grandstand-client.js';

const find = (id) => document.getElementById(id);
const client = new GrandstandClient();

client.on('connection', ({ state }) => { find('state').textContent = state; });
client.on('joined', ({ room }) => room.streams.forEach(watch));
client.on('streamStarted', ({ stream }) => watch(stream));
client.on('streamStopped', ({ stream }) => find(stream)?.remove());
client.on('chat', ({ message }) => find('chat').append(`${message.name}: ${message.text}\n`));

function watch({ id, participant }) {
  if (participant === client.room.you.id || find(id)) return;
  const video = Object.assign(document.createElement('video'), { id, autoplay: true, playsInline: true, muted: true });
  find('stage').append(video);
  client.view(id, video);
}

const act = (id, type, what) => find(id).addEventListener(type, async (event) => {
  event.preventDefault();
  await what().catch((failure) => { find('state').textContent = `${failure.code ?? failure.name}: ${failure.message}`; });
});
act('join', 'submit', () => client.join({ room: find('room').value, name: find('name').value }));
act('say', 'submit', () => client.chat(find('text').value));
act('publish', 'click', async () => {
  const media = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
  await client.publish({ kind: 'camera', media });
});
addEventListener('pagehide', () => client.leaveNow());
