import { byId } from './element.js';

/** "You are invited": stays until the invitation is taken up, declined or taken back. */
export class Invitation {
  #show;
  #client;

  /** @param {LiveShow} show what this browser has on air @param {{goLive, decline: () => void}} act */
  constructor(client, show, act) {
    this.#client = client;
    this.#show = show;
    byId('invitation-live').addEventListener('click', act.goLive);
    byId('invitation-decline').addEventListener('click', act.decline);
    for (const event of ['joined', 'room', 'connection']) client.on(event, () => this.refresh());
  }

  refresh() {
    const { room, state } = this.#client;
    const open = Boolean(room?.standing.invited) && !this.#show.onAir && state === 'joined';
    if (byId('invitation').hidden !== open) return;
    byId('invitation').hidden = !open;
  }
}
