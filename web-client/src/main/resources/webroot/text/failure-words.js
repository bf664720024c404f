/**
 * What went wrong in words for people, and what they can do about it.
 *
 * @typedef {{title: string, text: string}} Words
 */

/** @param {{name?: string}} failure of getUserMedia or getDisplayMedia @returns {Words} */
export function captureWords(failure, kind = 'camera') {
  const screen = kind === 'screen';
  switch (failure?.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return screen
        ? { title: 'Nothing was shared', text: 'The browser was not allowed to share a screen. Try again and pick a window or a screen.' }
        : { title: 'The camera is not allowed', text: 'Allow the camera and microphone for this page: the icon beside the address opens the permission. Then try again.' };
    case 'NotFoundError':
    case 'OverconstrainedError':
      return screen
        ? { title: 'No screen to share', text: 'This device offers nothing to share.' }
        : { title: 'No camera or microphone found', text: 'Plug one in and try again, or share your screen instead.' };
    case 'NotReadableError':
    case 'AbortError':
      return { title: 'The device is busy', text: 'Another program is using the camera or microphone. Close it there and try again, or choose another device.' };
    case 'UnsupportedError':
      return { title: 'This browser cannot do that here', text: 'Cameras and screens need a page on https or localhost and a current browser.' };
    default:
      return { title: screen ? 'The screen could not be shared' : 'The camera did not start', text: `${failure?.message || 'The browser gave no reason.'} Try again or choose another device.` };
  }
}

const BY_CODE = {
  'unavailable': ['The server is catching its breath', 'It could not take this right now. Try again in a moment.'],
  'timeout': ['No answer', 'The server did not answer in time. Try again in a moment.'],
  'disconnected': ['The connection dropped', 'It is coming back by itself; then try again.'],
  'no-seat': ['Every seat is taken', 'You keep your place in the line; the picture starts as soon as a seat is free.'],
  'stream-taken': ['You are already live', 'Another tab or device of yours is on air with the same stream. Stop it there first.'],
  'unknown-stream': ['That stream has ended', 'It will come back here by itself if it starts again.'],
  'bad-sdp': ['The media could not be agreed on', 'This browser and the media server found no common format. Try another browser.'],
  'wrong-codec': ['This browser lacks the room’s video format', 'Everybody in a room uses the same one. Another browser may have it.'],
  'negotiation-failed': ['The media could not be agreed on', 'Trying again usually helps; if not, try another browser.'],
  'chat-rejected': ['Message not sent', 'Messages have 1 to 500 characters, five a second at most.'],
  'muted': ['You are muted', 'A moderator has muted you here.'],
  'rate-limited': ['Slow down a little', 'That was too much in a short time. Wait a moment and try again.'],
  'refused': ['Not allowed here', 'This room does not let you do that.'],
  'not-found': ['Not here', 'That room or stream does not exist any more.'],
  'too-large': ['Too long', 'That was more than the server takes at once.'],
  'already-joined': ['You are in a room already', 'Leave it first, then try again.'],
  'not-joined': ['You are not in the room', 'Join it again, then repeat this.'],
  'forbidden': ['You may not do that here', 'Only moderators may, and not to each other.'],
  'banned': ['You cannot come in', 'A moderator has banned you from this room. Other rooms are open to you.'],
  'kicked': ['You were shown out', 'A moderator has ended your visit.'],
  'room-closed': ['The show is over', 'A moderator has closed this room.'],
  'expired': ['You were away for too long', 'Your place was given up. Join again to come back.'],
  'locked': ['The room is locked', 'A moderator lets nobody else in for now. Try again later.'],
  'unauthorized': ['You need an invitation link', 'This Grandstand lets in who has a valid token. Ask whoever invited you for a new link.'],
  'busy': ['Grandstand is full', 'Every place is taken right now. It tries again by itself.'],
  'stage-full': ['The stage is full', 'Somebody has to step down before you can go live.'],
  'not-invited': ['You need an invitation', 'Raise your hand, and a moderator can invite you to the stage.'],
  'stale': ['You are here in another window', 'It has taken over from this one.'],
  'closed': ['You left the room', ''],
};

const BY_FIELD = {
  name: ['That name does not work', 'A name has 1 to 40 characters.'],
  room: ['That room address does not work', 'Small letters, digits and dashes only, 64 at most.'],
  title: ['That title does not work', 'Try a shorter one.'],
  text: ['Message not sent', 'Messages have 1 to 500 characters.'],
};

/** @param {{code?: string, field?: string, message?: string}} failure @returns {Words} */
export function refusalWords(failure) {
  const [title, text] = BY_FIELD[failure?.field] ?? BY_CODE[failure?.code]
    ?? ['Something went wrong', failure?.message ? `The server says: ${failure.message}` : 'Try again.'];
  return { title, text };
}

/** What the server says better than the page could: by which rule, about whom, how long. */
const IN_THE_SERVERS_WORDS = ['chat-rejected', 'rate-limited', 'refused', 'forbidden', 'muted', 'stage-full', 'not-invited', 'locked', 'wrong-codec'];

/** For a refused wish: what it is called here, and why in the server's words. @returns {Words} */
export function wishWords(failure) {
  const words = refusalWords(failure);
  const why = IN_THE_SERVERS_WORDS.includes(failure?.code) && failure.message;
  return why ? { ...words, text: sentence(failure.message) } : words;
}

function sentence(text) {
  return text[0].toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');
}
