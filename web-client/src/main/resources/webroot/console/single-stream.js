import { GrandstandClient } from '../sdk/grandstand-client.js';

/** Watches a room's first stream in this page, as any viewer would. */
export class SingleStream {
  #video;
  #say;
  #client = null;

  constructor(video, say) {
    this.#video = video;
    this.#say = say;
  }

  async watch(room, token) {
    this.stop();
    const client = new GrandstandClient();
    this.#client = client;
    client.on('joined', ({ room: entered }) => this.#view(client, entered.streams.values().next().value));
    client.on('streamStarted', ({ stream }) => this.#view(client, stream));
    client.on('streamStopped', () => this.#say('The stream has ended'));
    client.on('seat', ({ state, position }) => state === 'queued' && this.#say(`Waiting for a seat, number ${position}`));
    this.#say('Joining …');
    await client.join({ room, name: 'Console', ...(token && { token }) });
    if (client.views.length === 0) this.#say('Nobody is live there');
  }

  #view(client, stream) {
    if (!stream || client !== this.#client || client.views.length > 0) return;
    this.#video.hidden = false;
    this.#say(`Watching ${stream.id}`);
    client.view(stream.id, this.#video);
  }

  stop() {
    this.#client?.leave();
    this.#client = null;
    this.#video.hidden = true;
  }
}
