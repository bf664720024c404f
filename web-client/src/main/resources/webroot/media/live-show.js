import { openScreen, stopTracks } from './capture.js';

/**
 * What this browser has on air: at most one camera and one screen, their tracks and their
 * publications. It owns the tracks: whatever ends a publication stops them.
 */
export class LiveShow {
  #client;
  #changed;
  #ended;
  #media = new Map();
  #starting = false;

  /**
   * @param {GrandstandClient} client
   * @param {{changed: () => void, ended: (kind: string, why: 'device'|'server'|'stage', error?: Error) => void}} listeners
   */
  constructor(client, { changed, ended }) {
    this.#client = client;
    this.#changed = changed;
    this.#ended = ended;
    client.on('publication', (publication) => {
      if (publication.state === 'failed' && this.#media.get(publication.kind) === publication.media && !this.#starting) {
        this.#forget(publication.kind);
        this.#ended(publication.kind, 'server', publication.error);
      }
      this.#changed();
    });
    client.on('offStage', (publication) => {
      if (this.#media.get(publication.kind) !== publication.media) return;
      this.#forget(publication.kind);
      this.#ended(publication.kind, 'stage');
      this.#changed();
    });
  }

  get onAir() {
    return this.#media.size > 0;
  }

  get starting() {
    return this.#starting;
  }

  get cameraMedia() {
    return this.#media.get('camera') ?? null;
  }

  get screenMedia() {
    return this.#media.get('screen') ?? null;
  }

  has(kind) {
    return this.#tracks(kind).length > 0;
  }

  /** Whether any track of this kind (`audio` or `video` of the camera) goes out unmuted. */
  isOn(kind) {
    return this.#tracks(kind).some((track) => track.enabled);
  }

  /** @returns {boolean} whether it is on now */
  toggle(kind) {
    const on = !this.isOn(kind);
    this.#turn(kind, on);
    return on;
  }

  /** Turns every microphone off, as a moderator demands; turning it on again is for whoever owns it. */
  silence() {
    this.#turn('audio', false);
  }

  /** @param {'camera'|'screen'} kind @param {MediaStream} media rejects when refused; the tracks are then stopped */
  async start(kind, media) {
    this.#starting = true;
    this.#media.set(kind, media);
    media.getVideoTracks().forEach((track) => track.addEventListener('ended', () => this.#trackEnded(kind, media)));
    // Whom a moderator muted is so on whatever goes on air next.
    if (this.#client.room?.standing.microphoneMuted) media.getAudioTracks().forEach((track) => { track.enabled = false; });
    this.#changed();
    try {
      const publication = await this.#client.publish({ kind, media });
      this.#tellMuted(publication);
    } catch (failure) {
      if (this.#media.get(kind) === media) this.#forget(kind);
      throw failure;
    } finally {
      this.#starting = false;
      this.#changed();
    }
  }

  /** Asks the browser for a screen and puts it on air beside the camera. */
  async shareScreen() {
    await this.start('screen', await openScreen({ withMicrophone: false }));
  }

  /** Other devices for the camera that is on air; negotiates anew only if a kind of track is new. */
  async changeDevices(media) {
    const publication = this.#client.publications.find((one) => one.kind === 'camera');
    const current = this.cameraMedia;
    if (!publication || !current) return;
    const missing = media.getTracks().some((track) => !current.getTracks().some((old) => old.kind === track.kind));
    const states = { audio: this.isOn('audio'), video: this.isOn('video') };
    media.getTracks().forEach((track) => { track.enabled = states[track.kind]; });
    if (missing) {
      await this.stop('camera');
      await this.start('camera', media);
      return;
    }
    const old = current.getTracks();
    for (const track of media.getTracks()) {
      await publication.replaceTrack(track);
      if (track.kind === 'video') track.addEventListener('ended', () => this.#trackEnded('camera', current));
    }
    old.filter((track) => !current.getTracks().includes(track)).forEach((track) => track.stop());
    this.#changed();
  }

  async stop(kind) {
    this.#forget(kind);
    this.#changed();
    await this.#client.unpublish(kind);
  }

  async stopAll() {
    await Promise.all([...this.#media.keys()].map((kind) => this.stop(kind)));
  }

  /** The room was left: nothing is on air any more, whatever the server still has to hear. */
  forgetAll() {
    for (const kind of [...this.#media.keys()]) this.#forget(kind);
    this.#changed();
  }

  #trackEnded(kind, media) {
    if (this.#media.get(kind) !== media || media.getVideoTracks().some((track) => track.readyState === 'live')) return;
    this.stop(kind).catch((failure) => console.debug('unpublish not confirmed:', failure.code));
    this.#ended(kind, 'device');
  }

  #forget(kind) {
    stopTracks(this.#media.get(kind));
    this.#media.delete(kind);
  }

  #turn(kind, on) {
    this.#tracks(kind).forEach((track) => { track.enabled = on; });
    this.#client.publications.forEach((publication) => this.#tellMuted(publication));
    this.#changed();
  }

  #tellMuted(publication) {
    const off = (tracks) => tracks.length > 0 && tracks.every((track) => !track.enabled);
    publication.showMuted({ audio: off(publication.media.getAudioTracks()), video: off(publication.media.getVideoTracks()) });
  }

  #tracks(kind) {
    const media = kind === 'video' ? [this.cameraMedia] : [...this.#media.values()];
    return media.filter(Boolean).flatMap((one) => one.getTracks()).filter((track) => track.kind === kind);
  }
}
