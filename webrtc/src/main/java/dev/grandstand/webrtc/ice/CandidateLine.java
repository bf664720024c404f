package dev.grandstand.webrtc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A UDP candidate (RFC 8839 section 5.1).
 *
 * @param priority 1–2<sup>31</sup>−1 (RFC 8445 section 5.1.2)
 * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 */
public record CandidateLine(String foundation, long priority, InetSocketAddress address, String type) {

    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Pattern IP_LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * Reads a candidate attribute with or without its {@code a=} or {@code candidate:} prefix. Empty if it is malformed
     * or of no use here: TCP, another component than 1, or a host name (mDNS included) in place of an address.
     */
    public static Optional<CandidateLine> parse(String text) {
        String line = text.strip();
        line = line.startsWith("a=") ? line.substring(2) : line;
        line = line.startsWith("candidate:") ? line.substring("candidate:".length()) : line;
        String[] field = SPACES.split(line);
        if (field.length < 8
                || !field[1].equals("1")
                || !field[2].equalsIgnoreCase("udp")
                || !field[6].equals("typ")
                || !IP_LITERAL.matcher(field[4]).matches()) {
            return Optional.empty();
        }
        try {
            long priority = Long.parseLong(field[3]);
            int port = Integer.parseInt(field[5]);
            // The pattern admits literals only, so this asks no name server.
            InetAddress address = InetAddress.getByName(field[4]);
            if (priority < 1 || priority > 0xFFFF_FFFFL || port < 1 || port > 65_535 || address.isAnyLocalAddress()) {
                return Optional.empty();
            }
            return Optional.of(new CandidateLine(
                    field[0], priority, new InetSocketAddress(address, port), field[7].toLowerCase(Locale.ROOT)));
        } catch (NumberFormatException | UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** The attribute with its {@code candidate:} prefix. */
    @Override
    public String toString() {
        String host = address.getAddress().getHostAddress();
        int scope = host.indexOf('%');
        return "candidate:%s 1 UDP %d %s %d typ %s"
                .formatted(foundation, priority, scope < 0 ? host : host.substring(0, scope), address.getPort(), type);
    }
}
