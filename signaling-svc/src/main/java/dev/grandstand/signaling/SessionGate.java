package dev.grandstand.signaling;

import dev.grandstand.eventlog.Trace;
import dev.grandstand.protocol.client.ErrorCode;
import java.util.Optional;

/** What one socket may still send, and whether whoever opened it follows it. Lives on its event loop. */
final class SessionGate {

    /** A client that goes on for so long in spite of the errors does not read them. */
    static final int MOST_REFUSALS = 100;

    private final Doorkeeper door;
    private final String address;
    private final Trace trace;
    private final TokenBucket messages;
    private final TokenBucket characters;
    private int refusals;

    SessionGate(Doorkeeper door, String address, Trace trace, Allowance messages, Allowance characters) {
        this.door = door;
        this.address = address;
        this.trace = trace;
        this.messages = new TokenBucket(messages, System.nanoTime());
        this.characters = new TokenBucket(characters, System.nanoTime());
    }

    String address() {
        return address;
    }

    SignalingMetrics metrics() {
        return door.metrics();
    }

    /** By what a request of this socket is followed. */
    Trace request() {
        return trace.request();
    }

    /** A message of so many characters arrived: why it is not heard, if so. */
    Optional<Refusal> message(int length) {
        var now = System.nanoTime();
        if (messages.take(1, now) && characters.take(length, now)) {
            refusals = 0;
            return Optional.empty();
        }
        refusals++;
        return Optional.of(new Refusal(ErrorCode.RATE_LIMITED, "you send too much, please slow down"));
    }

    /** Whether the socket is past listening to. */
    boolean isExhausted() {
        return refusals >= MOST_REFUSALS;
    }

    /** Why the socket may not join a room now, if so. */
    Optional<Refusal> join() {
        return door.mayJoin(address)
                ? Optional.empty()
                : Optional.of(new Refusal(ErrorCode.RATE_LIMITED, "too many joins from your address, please wait"));
    }
}
