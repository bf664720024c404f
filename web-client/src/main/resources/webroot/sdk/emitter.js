/** Listeners by event name. A listener that throws does not keep the next from hearing. */
export class Emitter {
  #listeners = new Map();

  /**
   * @param {string} type
   * @param {(detail: any) => void} listener
   * @returns {() => void} call it to stop listening
   */
  on(type, listener) {
    const group = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, group.add(listener));
    return () => group.delete(listener);
  }

  emit(type, detail) {
    for (const listener of [...(this.#listeners.get(type) ?? [])]) {
      try {
        listener(detail);
      } catch (failure) {
        // Reported as an uncaught error would be, and the remaining listeners still run.
        queueMicrotask(() => { throw failure; });
      }
    }
  }
}
