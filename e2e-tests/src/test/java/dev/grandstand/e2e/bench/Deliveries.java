package dev.grandstand.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts chat messages that arrive, and how long they took. Thousands of sockets get the same frames: the first one that
 * gets a frame reads it, the others know it by its length and the bytes where the first message's id stands.
 */
final class Deliveries {

    /** So much of a frame's beginning tells it from every other of its length. */
    private static final int TELLING_BYTES = 56;

    private static final int REMEMBERED = 20_000;

    private final Map<Long, long[]> known = new HashMap<>();
    private Histogram latencies = new Histogram();
    private long frames;
    private long messages;

    /**
     * What has arrived so far.
     *
     * @param frames that brought messages
     * @param messages in them
     * @param latencies of the messages since the last call
     */
    record Count(long frames, long messages, Histogram latencies) {}

    /** A text that carries the time at which it was meant to be sent. */
    static String text(long nanoTime) {
        return nanoTime + " somebody says something of the length that people say, with a word or two more of it";
    }

    /** A frame with chat messages. */
    void arrived(ByteBuffer frame, long nanoTime) {
        var sent = sentTimes(frame);
        frames++;
        messages += sent.length;
        for (long at : sent) {
            latencies.add(nanoTime - at);
        }
    }

    Count take() {
        var count = new Count(frames, messages, latencies);
        latencies = new Histogram();
        return count;
    }

    private long[] sentTimes(ByteBuffer frame) {
        int start = frame.position();
        int length = frame.remaining();
        long key = length;
        for (int at = 32; at <= TELLING_BYTES && at + Long.BYTES <= length; at += Long.BYTES) {
            key = key * 0x9E3779B97F4A7C15L + frame.getLong(start + at);
        }
        var found = known.get(key);
        if (found == null) {
            if (known.size() > REMEMBERED) {
                known.clear();
            }
            found = read(frame);
            known.put(key, found);
        }
        return found;
    }

    private static long[] read(ByteBuffer frame) {
        var bytes = new byte[frame.remaining()];
        frame.get(bytes);
        try {
            var tree = Json.tree(bytes);
            var texts = new ArrayList<String>();
            if (tree.has("messages")) {
                tree.path("messages").forEach(message -> texts.add(textOf(message)));
            } else {
                texts.add(textOf(tree.path("message")));
            }
            return sent(texts);
        } catch (BadJson e) {
            throw new IllegalStateException("the server says what is no JSON", e);
        }
    }

    private static String textOf(JsonNode message) {
        return message.path("text").asText();
    }

    private static long[] sent(List<String> texts) {
        return texts.stream()
                .mapToLong(text -> Long.parseLong(text.substring(0, text.indexOf(' '))))
                .toArray();
    }
}
