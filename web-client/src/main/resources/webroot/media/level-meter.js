const EVERY_MS = 60;

/**
 * How loud a microphone is, 0 to 1 on a scale that feels even to the ear.
 *
 * @param {MediaStream} media
 * @param {(level: number) => void} heard
 * @returns {() => void} call it to stop and to free the audio context
 */
export function measureLevel(media, heard) {
  const track = media.getAudioTracks()[0];
  if (!track) {
    heard(0);
    return () => {};
  }
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 512 });
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let shown = 0;
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const decibels = 10 * Math.log10(power + 1e-10);
    const level = track.enabled ? Math.min(1, Math.max(0, (decibels + 55) / 50)) : 0;
    shown = Math.max(level, shown * 0.8);
    heard(shown);
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    heard(0);
    context.close();
  };
}
