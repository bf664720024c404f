import { mediaFigures } from './media-figures.js';

/** Figures of streams, with what has to be remembered from one time to the next. */
export class StreamStats {
  #last = new Map();
  #first = null;

  /** In a room; what is on air at the very first time has its time to first frame measured from the socket on. */
  entered(openedAtMs, streams) {
    this.#first ??= { openedAtMs, streams: new Set(streams) };
  }

  left() {
    this.#last.clear();
    this.#first?.streams.clear();
  }

  forget(stream) {
    this.#last.delete(`in ${stream}`);
  }

  /** @returns {Promise<object[]>} one for each view and publication; see `GrandstandClient.stats` */
  of(views, publications) {
    const sources = [
      ...views.map((view) => ({ of: view, direction: 'in', ...this.#firstFrameTimes(view) })),
      ...publications.map((publication) => ({ of: publication, direction: 'out' })),
    ];
    return Promise.all(sources.map(async ({ of, ...more }) => {
      const key = `${more.direction} ${of.stream}`;
      const figures = mediaFigures((await of.connection?.getStats()) ?? [], this.#last.get(key));
      this.#last.set(key, figures);
      return { stream: of.stream, state: of.state, ...more, ...figures };
    }));
  }

  #firstFrameTimes(view) {
    if (!view.firstFrameAtMs) return { socketToFrameMs: null, viewToFrameMs: null, timeToFirstFrameMs: null };
    const viewToFrameMs = view.firstFrameAtMs - view.firstAskedAtMs;
    const socketToFrameMs = this.#first?.streams.has(view.stream) ? view.firstFrameAtMs - this.#first.openedAtMs : null;
    return { socketToFrameMs, viewToFrameMs, timeToFirstFrameMs: socketToFrameMs ?? viewToFrameMs };
  }
}
