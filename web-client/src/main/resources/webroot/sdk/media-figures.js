/**
 * The few figures that people ask about, from an RTCStatsReport.
 *
 * @param {Iterable<[string, object]>} report
 * @param {{atMs: number, bytes: number}|null} previous what the last call returned, for the bitrate
 * @returns {object} width, height, fps, framesDecoded, bytesReceived, bytesSent, kbps, packetsLost,
 *     lossPercent, jitterMs, roundTripMs, audioLevel (0..1), codec, atMs, bytes
 */
export function mediaFigures(report, previous = null) {
  const entries = new Map(report);
  const figures = {
    width: 0, height: 0, fps: 0, framesDecoded: 0, bytesReceived: 0, bytesSent: 0, kbps: 0,
    packetsLost: 0, lossPercent: 0, jitterMs: 0, roundTripMs: null, audioLevel: 0, codec: '',
  };
  let packets = 0;
  let atMs = 0;
  for (const entry of entries.values()) {
    switch (entry.type) {
      case 'inbound-rtp':
        figures.bytesReceived += entry.bytesReceived ?? 0;
        figures.packetsLost += Math.max(0, entry.packetsLost ?? 0);
        packets += entry.packetsReceived ?? 0;
        atMs = entry.timestamp;
        if (entry.kind === 'video') picture(figures, entry, entries);
        else figures.audioLevel = entry.audioLevel ?? 0;
        break;
      case 'outbound-rtp':
        figures.bytesSent += entry.bytesSent ?? 0;
        packets += entry.packetsSent ?? 0;
        atMs = entry.timestamp;
        if (entry.kind === 'video') picture(figures, entry, entries);
        break;
      case 'remote-inbound-rtp':
        figures.packetsLost += Math.max(0, entry.packetsLost ?? 0);
        if (entry.kind === 'video') figures.jitterMs = milliseconds(entry.jitter);
        figures.roundTripMs ??= entry.roundTripTime === undefined ? null : milliseconds(entry.roundTripTime);
        break;
      case 'media-source':
        if (entry.kind === 'audio') figures.audioLevel = entry.audioLevel ?? 0;
        break;
      case 'candidate-pair':
        if (entry.nominated && entry.currentRoundTripTime !== undefined) {
          figures.roundTripMs = milliseconds(entry.currentRoundTripTime);
        }
        break;
    }
  }
  const offered = packets + figures.packetsLost;
  figures.lossPercent = offered ? (100 * figures.packetsLost) / offered : 0;
  const bytes = figures.bytesReceived + figures.bytesSent;
  if (previous && atMs > previous.atMs) {
    figures.kbps = Math.max(0, (8 * (bytes - previous.bytes)) / (atMs - previous.atMs));
  }
  return { ...figures, atMs, bytes };
}

function picture(figures, entry, entries) {
  figures.width = entry.frameWidth ?? 0;
  figures.height = entry.frameHeight ?? 0;
  figures.fps = entry.framesPerSecond ?? 0;
  figures.framesDecoded = entry.framesDecoded ?? entry.framesEncoded ?? 0;
  if (entry.jitter !== undefined) figures.jitterMs = milliseconds(entry.jitter);
  figures.codec = entries.get(entry.codecId)?.mimeType?.replace('video/', '') ?? '';
}

function milliseconds(seconds) {
  return Math.round((seconds ?? 0) * 10_000) / 10;
}
