package dev.grandstand.relay.kurento;

import java.util.HashSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The addresses under which clients reach this machine when they are not its own (a 1:1 NAT, a container with host
 * ports). They take the place of the address in every host candidate of their family, as Kurento's {@code externalIPv4}
 * and {@code externalIPv6} do.
 */
public record AnnouncedAddresses(Optional<String> ipv4, Optional<String> ipv6) {

    public static final AnnouncedAddresses NONE = new AnnouncedAddresses(Optional.empty(), Optional.empty());

    /** RFC 8839 section 5.1: foundation, component, transport, priority, address, port, "typ host". */
    private static final Pattern HOST_CANDIDATE =
            Pattern.compile("(candidate:\\S+ (\\d+ \\S+) \\d+ )(\\S+)( \\d+ typ host.*)");

    private static final String ATTRIBUTE = "a=";
    private static final String CANDIDATE = ATTRIBUTE + "candidate:";

    /** These, and for a family that they lack, the others. */
    AnnouncedAddresses or(AnnouncedAddresses others) {
        return new AnnouncedAddresses(ipv4.or(others::ipv4), ipv6.or(others::ipv6));
    }

    /** The candidate attribute as clients should see it. */
    String apply(String candidate) {
        Matcher matcher = HOST_CANDIDATE.matcher(candidate);
        if (!matcher.matches()) {
            return candidate;
        }
        var own = matcher.group(3);
        var announced = own.indexOf(':') >= 0 ? ipv6 : ipv4;
        return matcher.group(1) + announced.orElse(own) + matcher.group(4);
    }

    /**
     * What tells a candidate from others for the peer: two that only differ in foundation and priority lead to the same
     * place. That is what becomes of a machine's several addresses behind one announced.
     */
    static String destination(String candidate) {
        Matcher matcher = HOST_CANDIDATE.matcher(candidate);
        return matcher.matches() ? matcher.group(2) + " " + matcher.group(3) + matcher.group(4) : candidate;
    }

    /**
     * The description as clients should see it; candidates that come to lead to the same place are told once for each
     * m-section.
     */
    String applyToDescription(String sdp) {
        if (ipv4.isEmpty() && ipv6.isEmpty()) {
            return sdp;
        }
        return Pattern.compile("(?m)(?=^m=)")
                .splitAsStream(sdp)
                .map(this::applyToSection)
                .collect(Collectors.joining());
    }

    private String applyToSection(String section) {
        var destinations = new HashSet<String>();
        return section.lines()
                .map(line -> line.startsWith(CANDIDATE) ? ATTRIBUTE + apply(line.substring(ATTRIBUTE.length())) : line)
                .filter(line -> !line.startsWith(CANDIDATE)
                        || destinations.add(destination(line.substring(ATTRIBUTE.length()))))
                .map(line -> line + "\r\n")
                .collect(Collectors.joining());
    }
}
