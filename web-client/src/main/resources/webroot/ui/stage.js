import { refusalWords } from '../text/failure-words.js';
import { byId } from './element.js';
import { layOut } from './grid-layout.js';
import { Tile } from './tile.js';

const SPEAKING_FROM = 0.02;
const LISTEN_EVERY_MS = 300;

/** All tiles: one for each stream in the room, and one for each of your own. */
export class Stage {
  #client;
  #show;
  #tiles = new Map();
  #ownStreams = new Set();
  #chosen = null;
  #soundAllowed = true;
  #home = byId('stage');

  /** @param {LiveShow} show what this browser itself has on air */
  constructor(client, show) {
    this.#client = client;
    this.#show = show;
    client.on('joined', ({ room }) => this.#enter(room));
    client.on('room', () => this.refresh());
    client.on('publication', (publication) => { if (publication.stream) this.#ownStreams.add(publication.stream); this.refresh(); });
    client.on('view', (view) => this.#viewChanged(view));
    client.on('seat', () => client.views.forEach((view) => this.#viewChanged(view)));
    new ResizeObserver(() => this.#place()).observe(this.#home);
    byId('tap-to-hear').addEventListener('click', () => this.#allowSound());
    setInterval(() => this.#listen(), LISTEN_EVERY_MS);
  }

  get size() {
    return this.#tiles.size;
  }

  /** Makes the tiles what room and own show say. Cheap to call again. */
  refresh() {
    const room = this.#client.room;
    const wanted = new Map();
    for (const kind of ['screen', 'camera']) {
      const media = kind === 'screen' ? this.#show.screenMedia : this.#show.cameraMedia;
      if (media && room) wanted.set(`own-${kind}`, { key: `own-${kind}`, name: room.you.name, participant: room.you.id, kind, own: true, media });
    }
    for (const stream of room?.streams.values() ?? []) {
      if (!this.#isForeign(stream, room)) continue;
      wanted.set(stream.id, { key: stream.id, name: stream.name, participant: stream.participant, kind: stream.kind, own: false, muted: stream.muted });
    }
    for (const [key, tile] of this.#tiles) if (!wanted.has(key)) this.#remove(key, tile);
    for (const what of wanted.values()) this.#keep(what);
    byId('stage-empty').hidden = this.#tiles.size > 0;
    this.#place();
  }

  /** Asks for every picture before anything is drawn: drawing then fills the time that the answers take. */
  #enter(room) {
    for (const stream of room.streams.values()) if (this.#isForeign(stream, room)) this.#client.view(stream.id);
    this.refresh();
  }

  #isForeign(stream, room) {
    return stream.participant !== room.you.id && !this.#ownStreams.has(stream.id);
  }

  clear() {
    for (const [key, tile] of this.#tiles) this.#remove(key, tile);
    this.#chosen = null;
    byId('stage-empty').hidden = false;
  }

  #keep(what) {
    let tile = this.#tiles.get(what.key);
    if (!tile) {
      tile = new Tile(what, { feature: (key) => this.#feature(key), again: (key) => this.#again(key) });
      this.#tiles.set(what.key, tile);
      this.#home.append(tile.node);
      if (!what.own) this.#watch(what.key, tile);
    }
    tile.rename(what.name, what.kind);
    if (what.own) {
      this.#showOwn(tile, what);
      return;
    }
    tile.micOff(what.muted?.audio ?? false, this.#client.room.silenced.get(what.participant)?.microphone ?? false);
    tile.cameraOff(what.muted?.video ?? false);
  }

  #watch(stream, tile) {
    tile.allowSound(this.#soundAllowed);
    tile.rest('Connecting', { busy: true });
    tile.video.addEventListener('canplay', () => this.#play(tile));
    this.#viewChanged(this.#client.view(stream, tile.video));
  }

  #showOwn(tile, { media, kind }) {
    if (tile.video.srcObject !== media) tile.video.srcObject = media;
    const publication = this.#client.publications.find((one) => one.kind === kind);
    tile.node.dataset.stream = publication?.stream || tile.key;
    const live = publication?.state === 'live';
    const pictureOn = media.getVideoTracks().some((track) => track.enabled);
    tile.hasPicture(pictureOn);
    tile.micOff(media.getAudioTracks().length > 0 && !media.getAudioTracks().some((track) => track.enabled), this.#client.room?.standing.microphoneMuted ?? false);
    if (!live) tile.rest(publication?.state === 'retrying' ? 'Going back on air' : 'Going live', { busy: true, troubled: true });
    else tile.rest(pictureOn ? '' : media.getVideoTracks().length ? 'Your camera is off' : 'Sound only');
  }

  #viewChanged(view) {
    const tile = this.#tiles.get(view.stream);
    if (!tile || tile.own) return;
    tile.node.dataset.state = view.state;
    const shown = view.firstFrameAtMs > 0;
    switch (view.state) {
      case 'playing':
        tile.rest(view.mediaStream?.getVideoTracks().length ? '' : 'Sound only');
        this.#play(tile);
        break;
      case 'waiting':
        tile.rest(...this.#whyItWaits(view, shown));
        break;
      case 'asking':
      case 'connecting':
        // With an old picture still moving there is nothing to announce.
        if (!shown) tile.rest('Connecting', { busy: true });
        else if (tile.node.classList.contains('is-troubled')) tile.rest('The picture is coming back', { busy: true, troubled: true });
        break;
      case 'failed':
        tile.rest(refusalWords(view.error).title, { troubled: true, again: true });
        break;
    }
  }

  /** Words for a tile, and how it looks. What to do about a refusal is said by the banner. */
  #whyItWaits(view, shown) {
    const seat = this.#client.seat?.state;
    if (seat === 'refused') return ['No seat became free', { troubled: shown }];
    const words = seat === 'queued' || view.error?.code === 'no-seat' ? 'Waiting for a seat' : 'The picture is coming back';
    return [words, { busy: true, troubled: shown }];
  }

  async #play(tile) {
    try {
      await tile.video.play();
    } catch (failure) {
      if (failure.name !== 'NotAllowedError' || tile.video.muted) return;
      // The browser wants a gesture before it lets a page be heard: show the picture silently.
      this.#soundAllowed = false;
      byId('tap-to-hear').hidden = false;
      this.#tiles.forEach((one) => one.allowSound(false));
      tile.video.play().catch((again) => console.debug('not played:', again.name));
    }
  }

  #allowSound() {
    this.#soundAllowed = true;
    byId('tap-to-hear').hidden = true;
    for (const tile of this.#tiles.values()) {
      tile.allowSound(true);
      if (!tile.own) this.#play(tile);
    }
    this.#home.focus();
  }

  #feature(key) {
    this.#chosen = this.#featuredKey() === key ? '' : key;
    this.#place();
  }

  /** What people chose; before they choose, somebody else's screen, since it is there to be read. */
  #featuredKey() {
    if (this.#chosen !== null && (this.#chosen === '' || this.#tiles.has(this.#chosen))) return this.#chosen;
    return [...this.#tiles.values()].find((tile) => tile.node.classList.contains('is-screen'))?.key ?? '';
  }

  #again(stream) {
    this.#client.views.find((view) => view.stream === stream)?.ask();
  }

  #place() {
    const tiles = [...this.#tiles.values()];
    const featured = this.#featuredKey();
    const box = { width: this.#home.clientWidth, height: this.#home.clientHeight, gap: this.#home.clientWidth < 600 ? 6 : 12 };
    const places = layOut({ ...box, count: tiles.length, featured: tiles.findIndex((tile) => tile.key === featured) });
    places.forEach((place, index) => {
      tiles[index].place(place);
      tiles[index].featured(tiles[index].key === featured);
    });
  }

  #remove(key, tile) {
    this.#tiles.delete(key);
    if (tile.own) tile.video.srcObject = null;
    else this.#client.unview(key);
    tile.node.remove();
    if (this.#tiles.size === 0) byId('tap-to-hear').hidden = true;
  }

  /** Marks whoever speaks. The receivers know it without a statistics report. */
  #listen() {
    if (document.hidden) return;
    for (const view of this.#client.views) {
      const audio = view.connection?.getReceivers().find((receiver) => receiver.track.kind === 'audio');
      const level = audio?.getSynchronizationSources()[0]?.audioLevel ?? 0;
      this.#tiles.get(view.stream)?.speaking(level > SPEAKING_FROM);
    }
  }
}
