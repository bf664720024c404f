import { GrandstandError } from './grandstand-error.js';

const CANDIDATES_BUFFERED = 64;

/**
 * One RTCPeerConnection towards a media node. The browser always offers; candidates trickle both
 * ways and are kept back until the other side can use them (RFC 8838).
 */
export class Peer {
  #sendCandidate = null;
  #holding = false;
  #gathered = [];
  #received = [];
  #offer;
  #stateListener = () => {};
  createdAtMs = performance.now();

  /** @param {RTCIceServer[]} iceServers */
  constructor(iceServers) {
    this.connection = new RTCPeerConnection({ iceServers, bundlePolicy: 'max-bundle' });
    this.media = new MediaStream();
    this.connection.onicecandidate = ({ candidate }) => {
      // null and '' mean "no more"; the node does not ask for it.
      if (!candidate?.candidate) return;
      if (this.#sendCandidate && !this.#holding) this.#sendCandidate(wire(candidate));
      else if (this.#gathered.length < CANDIDATES_BUFFERED) this.#gathered.push(candidate);
    };
    this.connection.onconnectionstatechange = () => this.#stateListener(this.connection.connectionState);
    this.connection.ontrack = ({ track }) => this.media.addTrack(track);
  }

  /** A peer that will receive one stream, with its offer under way: it needs no knowledge of the stream. */
  static receiving(iceServers) {
    const peer = new Peer(iceServers);
    for (const kind of ['audio', 'video']) {
      peer.connection.addTransceiver(kind, { direction: 'recvonly' });
    }
    peer.#makeOffer();
    return peer;
  }

  /**
   * @param {MediaStream} media tracks to send; at most one of each kind
   * @param {Record<'audio'|'video', RTCRtpEncodingParameters>} encodings
   */
  static sending(iceServers, media, encodings) {
    const peer = new Peer(iceServers);
    for (const track of media.getTracks()) {
      peer.connection.addTransceiver(track, {
        direction: 'sendonly', streams: [media], sendEncodings: [encodings[track.kind] ?? {}],
      });
    }
    peer.#makeOffer();
    return peer;
  }

  /** Why an offer failed is told to whoever awaits it in `offer()`. */
  #makeOffer() {
    this.#offer = this.connection.createOffer().then((offer) => this.connection.setLocalDescription(offer));
    this.#offer.catch(() => {});
  }

  /** @returns {string|null} the SDP offer if it has been made, as `offer()` brings it */
  offerIfReady() {
    return this.connection.localDescription ? this.#tellOffer() : null;
  }

  /** @returns {Promise<string>} the SDP offer, with whatever candidates are known by now: those are not told apart */
  async offer() {
    try {
      await this.#offer;
    } catch (failure) {
      throw new GrandstandError('negotiation-failed', `the browser made no offer: ${failure.message}`);
    }
    return this.#tellOffer();
  }

  #tellOffer() {
    this.#gathered.length = 0;
    return this.connection.localDescription.sdp;
  }

  /** From now on candidates go to `send`; those that the offer did not have yet go at once. */
  trickleTo(send) {
    this.#sendCandidate = send;
    this.#holding = false;
    for (const candidate of this.#gathered.splice(0)) send(wire(candidate));
  }

  get isConnected() {
    return this.connection.connectionState === 'connected';
  }

  /** Whether there is an answer, so that ICE can be restarted. */
  get isAnswered() {
    return this.connection.remoteDescription !== null;
  }

  /**
   * The same connection over new candidates, which go out when the other side has the offer they belong to.
   *
   * @param {(sdp: string) => Promise<string>} ask sends the offer and brings the answer
   */
  async restart(ask) {
    this.#holding = true;
    this.connection.restartIce();
    this.#makeOffer();
    await this.accept(await ask(await this.offer()));
    if (this.#sendCandidate) this.trickleTo(this.#sendCandidate);
  }

  onState(listener) {
    this.#stateListener = listener;
  }

  async accept(sdp) {
    try {
      await this.connection.setRemoteDescription({ type: 'answer', sdp });
    } catch (failure) {
      throw new GrandstandError('negotiation-failed', `the browser refused the answer: ${failure.message}`);
    }
    for (const candidate of this.#received.splice(0)) this.#add(candidate);
  }

  /** @param {RTCIceCandidateInit} candidate may come before the answer */
  addRemoteCandidate(candidate) {
    if (this.connection.remoteDescription) this.#add(candidate);
    else if (this.#received.length < CANDIDATES_BUFFERED) this.#received.push(candidate);
  }

  #add(candidate) {
    // One useless candidate (another address family, say) must not end a connection that works.
    this.connection.addIceCandidate(candidate).catch((failure) =>
      console.debug('grandstand: candidate not used:', failure.message));
  }

  async replaceTrack(kind, track) {
    const sender = this.connection.getTransceivers().find((t) => t.sender.track?.kind === kind)?.sender;
    if (!sender) throw new GrandstandError('not-found', `this stream has no ${kind}`);
    await sender.replaceTrack(track);
  }

  close() {
    this.#stateListener = () => {};
    this.#sendCandidate = null;
    this.connection.onicecandidate = null;
    this.connection.close();
  }
}

function wire({ candidate, sdpMid, sdpMLineIndex }) {
  return { candidate, sdpMid, sdpMLineIndex };
}
