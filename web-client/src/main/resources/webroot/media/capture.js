import { remembered } from '../pages/remembered.js';

const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/**
 * Opens a camera and a microphone; with one of the two missing, opens the other alone.
 *
 * @param {{camera?: string, microphone?: string}} ids device ids; by default the remembered ones
 * @returns {Promise<MediaStream>} rejects with the browser's DOMException (words: captureWords)
 */
export async function openCamera({ camera = remembered('camera'), microphone = remembered('microphone') } = {}) {
  const video = { ...PICTURE, ...(camera && { deviceId: { ideal: camera } }) };
  const audio = { ...SOUND, ...(microphone && { deviceId: { ideal: microphone } }) };
  try {
    return await devicesOrThrow().getUserMedia({ video, audio });
  } catch (failure) {
    if (failure.name !== 'NotFoundError') throw failure;
    const cameraAlone = await devicesOrThrow().getUserMedia({ video }).catch(() => null);
    return cameraAlone ?? devicesOrThrow().getUserMedia({ audio });
  }
}

/** A screen, window or tab, with its own sound where the browser offers it, else with the microphone's. */
export async function openScreen({ withMicrophone }) {
  const screen = await devicesOrThrow().getDisplayMedia({ video: { frameRate: { ideal: 30, max: 30 } }, audio: true });
  const picture = screen.getVideoTracks()[0];
  if (picture) picture.contentHint = 'detail';
  if (withMicrophone && !screen.getAudioTracks().length) {
    try {
      const microphone = await devicesOrThrow().getUserMedia({ audio: SOUND });
      screen.addTrack(microphone.getAudioTracks()[0]);
    } catch (failure) {
      // A screen without a voice is still worth showing; the control bar then has no microphone.
      console.info('screen without microphone:', failure.name);
    }
  }
  return screen;
}

/** @returns {Promise<{cameras: MediaDeviceInfo[], microphones: MediaDeviceInfo[]}>} named once access was given */
export async function listDevices() {
  const all = await devicesOrThrow().enumerateDevices();
  const of = (kind) => all.filter((device) => device.kind === kind && device.deviceId);
  return { cameras: of('videoinput'), microphones: of('audioinput') };
}

export function stopTracks(media) {
  media?.getTracks().forEach((track) => track.stop());
}

function devicesOrThrow() {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new DOMException('no media devices on this page', 'UnsupportedError');
  }
  return navigator.mediaDevices;
}
