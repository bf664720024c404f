package dev.grandstand.allocator;

import dev.grandstand.eventlog.Trace;
import dev.grandstand.protocol.CommandId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which request of a client led to what the allocator does, kept beside the rules, which do not care. Of commands that came
 * long ago it is forgotten: who waits for a seat for that long is followed no further. Confined to the allocator's context.
 */
final class Traces {

    /** About 2 MB. */
    private static final int MOST = 10_000;

    private final Map<CommandId, Trace> traces = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CommandId, Trace> eldest) {
            return size() > MOST;
        }
    };

    void heard(CommandId command, Trace trace) {
        if (!trace.isNone()) {
            traces.put(command, trace);
        }
    }

    /** What {@code next} leads to was led to by {@code cause}. */
    void leadsTo(CommandId cause, CommandId next) {
        heard(next, of(cause));
    }

    Trace of(CommandId cause) {
        return traces.getOrDefault(cause, Trace.NONE);
    }
}
