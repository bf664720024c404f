package dev.grandstand.loadagent;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which way a viewer's media takes to the media node. Something that stands between, a broken network for instance, has to
 * be the only way: the node must not learn where the viewer is.
 */
public interface Way {

    /** How attributes begin (RFC 8866 section 5.13). */
    String ATTRIBUTE = "a=";

    /** RFC 8839 section 5.1. */
    String CANDIDATE = ATTRIBUTE + "candidate:";

    /** Straight to the node's own addresses. */
    Way DIRECT = new Way() {
        @Override
        public Optional<String> to(String candidate) {
            return Optional.of(candidate);
        }

        @Override
        public boolean announced() {
            return true;
        }
    };

    /**
     * Takes a candidate attribute of the node.
     *
     * @return the one to use in its place, empty for none
     */
    Optional<String> to(String candidate);

    /** A description of the node, with the candidates to use in the places of its own. */
    default String through(String sdp) {
        return sdp.lines()
                .flatMap(line -> line.startsWith(CANDIDATE)
                        ? to(line.substring(ATTRIBUTE.length())).map(ATTRIBUTE::concat).stream()
                        : Stream.of(line))
                .map(line -> line + "\r\n")
                .collect(Collectors.joining());
    }

    /** Whether the node is told the viewer's own addresses. */
    default boolean announced() {
        return false;
    }
}
