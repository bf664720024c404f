const KEY = 'grandstand.console.runs';
const MOST = 20;

/** Finished runs, the latest first, in this browser. */
export class SavedRuns {
  get all() {
    try {
      return JSON.parse(localStorage.getItem(KEY) ?? '[]');
    } catch {
      return [];
    }
  }

  add(run) {
    this.#keep([run, ...this.all]);
  }

  remove(startedAt) {
    this.#keep(this.all.filter((run) => run.startedAt !== startedAt));
  }

  /** A full storage loses the oldest runs, not the newest. */
  #keep(runs) {
    for (let count = Math.min(runs.length, MOST); count >= 0; count--) {
      try {
        localStorage.setItem(KEY, JSON.stringify(runs.slice(0, count)));
        return;
      } catch (failure) {
        if (failure.name !== 'QuotaExceededError') throw failure;
      }
    }
  }
}

/** Has the browser save something as a JSON file. */
export function exported(name, what) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(what, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
