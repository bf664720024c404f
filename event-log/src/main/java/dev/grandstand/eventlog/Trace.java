package dev.grandstand.eventlog;

import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What one request of a client led to, wherever it led: a trace context as the W3C recommendation has it
 * (https://www.w3.org/TR/trace-context/, version 00). It stands in the header {@value #HEADER} of a command and of the
 * events that the command leads to, unchanged: no service between measures spans of its own.
 *
 * <p>Each service that acts on it says so in one line of the logger {@value #LOGGER}, on {@code DEBUG}. While that is
 * off, a trace costs its 55 bytes in a record and nothing else.
 */
public final class Trace {

    /** The header's name in HTTP and in Kafka. */
    public static final String HEADER = "traceparent";

    /** What is logged by {@link #step}. */
    public static final String LOGGER = "dev.grandstand.trace";

    /** Of a record that nobody's request led to, or that is older than traces. */
    public static final Trace NONE = new Trace(new byte[0]);

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    /** Section 3.2.2; a later version may go on behind a dash (section 4.3). */
    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    private static final HexFormat HEX = HexFormat.of();
    private static final String NO_VERSION = "ff";
    private static final String SAMPLED = "01";
    private static final int ID_BEGIN = 3;
    private static final int ID_LENGTH = 32;
    private static final int LENGTH = 55;

    private final byte[] header;

    private Trace(byte[] header) {
        this.header = header;
    }

    /** A new one, for what nobody else asked for. */
    public static Trace begin() {
        return under(hex(random()) + hex(random()));
    }

    /** For one request of somebody who is followed already: the same trace, and an id of the request's own. */
    public Trace request() {
        return isNone() ? begin() : under(toString());
    }

    /** Reads what a client sent; empty if that is no trace context, as if it had sent none (section 4.3). */
    public static Optional<Trace> parse(String header) {
        var form = FORM.matcher(header.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        var version = form.group(1);
        var goesOn = form.group(5) != null;
        var good = !version.equals(NO_VERSION)
                && !(version.equals("00") && goesOn)
                && !isZero(form.group(2))
                && !isZero(form.group(3));
        return good ? Optional.of(under(form.group(2))) : Optional.empty();
    }

    /** What a record carries; whoever wrote it has looked at it already. */
    public static Trace of(Headers headers) {
        var header = headers.lastHeader(HEADER);
        var value = header == null ? null : header.value();
        return value == null || value.length != LENGTH ? NONE : new Trace(value);
    }

    /** Adds it to what is going to be written. */
    public void addTo(Headers headers) {
        if (!isNone()) {
            headers.add(HEADER, header);
        }
    }

    /** Whether there is nothing to follow. */
    public boolean isNone() {
        return header.length == 0;
    }

    /** Whether anybody wants to know; else what would be costly to say need not be made. */
    public static boolean isLogged() {
        return LOG.isDebugEnabled();
    }

    /**
     * A line of the trace's log, or nothing if that is off.
     *
     * @param service who acts
     * @param room in which room
     * @param participant for whom, if for somebody
     */
    public LoggingEventBuilder step(String service, RoomId room, @Nullable ParticipantId participant) {
        var line = LOG.atDebug()
                .addKeyValue("trace", this)
                .addKeyValue("service", service)
                .addKeyValue("room", room);
        return participant == null ? line : line.addKeyValue("participant", participant);
    }

    /** The header as a text, empty for {@link #NONE}. */
    public String header() {
        return new String(header, StandardCharsets.US_ASCII);
    }

    /** The trace's id: 32 hexadecimal digits; {@code none} for {@link #NONE}. */
    @Override
    public String toString() {
        return isNone() ? "none" : new String(header, ID_BEGIN, ID_LENGTH, StandardCharsets.US_ASCII);
    }

    /** @param id of the trace */
    private static Trace under(String id) {
        return new Trace(("00-" + id + "-" + hex(random()) + "-" + SAMPLED).getBytes(StandardCharsets.US_ASCII));
    }

    /** Never zero, which would be no id. */
    private static long random() {
        var random = ThreadLocalRandom.current().nextLong();
        return random == 0 ? 1 : random;
    }

    private static String hex(long number) {
        return HEX.toHexDigits(number);
    }

    private static boolean isZero(String digits) {
        return digits.chars().allMatch(digit -> digit == '0');
    }
}
