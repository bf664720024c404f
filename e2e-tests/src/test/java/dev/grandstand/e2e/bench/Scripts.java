package dev.grandstand.e2e.bench;

/** What runs in the pages. */
final class Scripts {

    /** Writes down when each step happened first, by the page's own clock. */
    static final String PROBE = """
            (() => {
              const marks = {};
              const mark = (step) => { marks[step] ??= performance.now(); };
              window.marks = marks;
              window.WebSocket = class extends window.WebSocket {
                constructor(...given) {
                  mark('dial');
                  super(...given);
                  this.addEventListener('open', () => mark('open'));
                  this.addEventListener('message', ({ data }) => mark('received ' + JSON.parse(data).type));
                }
                send(text) {
                  mark('sent ' + JSON.parse(text).type);
                  super.send(text);
                }
              };
              window.RTCPeerConnection = class extends window.RTCPeerConnection {
                constructor(...given) {
                  super(...given);
                  this.addEventListener('iceconnectionstatechange', () => mark('ice ' + this.iceConnectionState));
                  this.addEventListener('connectionstatechange', () => mark(this.connectionState));
                  this.addEventListener('track', ({ track }) =>
                      track.addEventListener('unmute', () => mark('unmute ' + track.kind)));
                }
                async createOffer(...given) {
                  mark('offer begun');
                  return super.createOffer(...given);
                }
                async setLocalDescription(...given) {
                  await super.setLocalDescription(...given);
                  mark('offer made');
                }
                async setRemoteDescription(given) {
                  await super.setRemoteDescription(given);
                  mark('answer set');
                }
              };
              const video = HTMLVideoElement.prototype;
              const request = video.requestVideoFrameCallback;
              video.requestVideoFrameCallback = function (told) {
                return request.call(this, (now, frame) => {
                  mark('frame');
                  marks['frame received'] ??= frame.receiveTime;
                  told(now, frame);
                });
              };
            })();
            """;

    /** The marks, and what the page itself tells; once the first frame is there. */
    static final String FIRST_FRAME = """
            async () => {
              const [one] = await window.grandstand.stats();
              return { ...window.marks, socketToFrameMs: one.socketToFrameMs, width: one.width };
            }
            """;

    /** Milliseconds to the first frame of a connection between two peers in this page. */
    static final String LOOPBACK = """
            async () => {
              window.camera ??= await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
              await new Promise((done) => setTimeout(done, 500));
              const began = performance.now();
              const [receiving, sending] = [new RTCPeerConnection(), new RTCPeerConnection()];
              receiving.onicecandidate = ({ candidate }) => candidate && sending.addIceCandidate(candidate);
              sending.onicecandidate = ({ candidate }) => candidate && receiving.addIceCandidate(candidate);
              const media = new MediaStream();
              receiving.ontrack = ({ track }) => media.addTrack(track);
              for (const kind of ['audio', 'video']) receiving.addTransceiver(kind, { direction: 'recvonly' });
              await receiving.setLocalDescription();
              await sending.setRemoteDescription(receiving.localDescription);
              window.camera.getTracks().forEach((track) => sending.addTrack(track, window.camera));
              await sending.setLocalDescription();
              await receiving.setRemoteDescription(sending.localDescription);
              const video = Object.assign(document.createElementNS('http://www.w3.org/1999/xhtml', 'video'),
                  { autoplay: true, muted: true, playsInline: true, srcObject: media });
              document.documentElement.append(video);
              const shown = await new Promise((done) =>
                  video.requestVideoFrameCallback(() => done(performance.now())));
              video.remove();
              receiving.close();
              sending.close();
              return shown - began;
            }
            """;

    private Scripts() {}

    /** What a room's page has received of the first stream that it views, sound and picture. */
    static final String RECEIVED = """
            async () => {
              const view = grandstand.client.views[0];
              const all = [...(await view.connection.getStats()).values()].filter((one) => one.type === 'inbound-rtp');
              const video = all.find((one) => one.kind === 'video');
              const sum = (name) => all.reduce((total, one) => total + (one[name] ?? 0), 0);
              return {
                frames: video.framesDecoded,
                bytes: sum('bytesReceived') + sum('headerBytesReceived'),
                lost: sum('packetsLost'),
                jitter: video.jitter,
                freezes: video.freezeCount ?? 0,
                firstPictureMs: (await grandstand.stats())[0].socketToFrameMs ?? 0,
                bufferedMs: 1000 * video.jitterBufferDelay / Math.max(1, video.jitterBufferEmittedCount),
              };
            }
            """;
}
