import { ask } from './ask.js';

/**
 * What a moderator can do with somebody, as entries of a menu.
 *
 * @param {object} person as `RoomModel.described` has it
 * @param {RoomModeration} moderation
 * @param {(wish: Promise<unknown>, done?: string) => void} wish is told of each; it shows what became of it
 */
export function personActions(person, moderation, wish) {
  const { id, name, silenced } = person;
  const invite = { words: 'Invite to the stage', drawing: 'invite', testId: 'person-invite', act: () => wish(moderation.invite(id), `${name} is invited`) };
  // Moderators have no power over each other.
  if (person.role === 'moderator') return person.onStage ? [] : [invite];
  return [
    ...(person.onStage ? [] : [invite]),
    person.onStage
      ? { words: 'Take off the stage', drawing: 'step-down', testId: 'person-take-down', act: () => wish(moderation.takeDown(id), `${name} is off the stage`) }
      : { words: 'Stage by invitation only', drawing: 'step-down', testId: 'person-take-down', act: () => wish(moderation.takeDown(id), `${name} needs an invitation to go live`) },
    toggle(silenced.microphone, ['Mute the microphone', 'Allow the microphone'], ['mic-off', 'mic'], 'person-mute-microphone', (muted) => wish(moderation.mute(id, 'microphone', muted), muted ? `${name}’s microphone is muted` : `${name} may speak again`)),
    toggle(silenced.chat, ['Mute in the chat', 'Allow to write again'], ['chat-off', 'chat'], 'person-mute-chat', (muted) => wish(moderation.mute(id, 'chat', muted), muted ? `${name} can only read now` : `${name} may write again`)),
    { words: 'Show out', drawing: 'leave', danger: true, testId: 'person-kick', act: () => showOut(person, moderation, wish) },
    { words: 'Ban from this room', drawing: 'ban', danger: true, testId: 'person-ban', act: () => ban(person, moderation, wish) },
  ];
}

function toggle(is, [mute, allow], [muted, allowed], testId, set) {
  return { words: is ? allow : mute, drawing: is ? allowed : muted, testId, act: () => set(!is) };
}

async function showOut({ id, name }, moderation, wish) {
  const sure = await ask({ title: `Show ${name} out?`, text: 'Their visit ends at once. They may come in again.', yes: 'Show out', no: 'Let them stay' });
  if (sure) wish(moderation.kick(id), `${name} was shown out`);
}

async function ban({ id, name }, moderation, wish) {
  const sure = await ask({ title: `Ban ${name}?`, text: 'Their visit ends at once, and they cannot come back while this room is open.', yes: 'Ban', no: 'Let them stay' });
  if (sure) wish(moderation.ban(id), `${name} is banned`);
}
