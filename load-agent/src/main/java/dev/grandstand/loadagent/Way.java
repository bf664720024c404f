package dev.grandstand.loadagent;

import java.util.Optional;

/**
 * Which way a viewer's media takes to the media node. Something that stands between, a broken network for instance, has to
 * be the only way: the node must not learn where the viewer is.
 */
public interface Way {

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

    /** Whether the node is told the viewer's own addresses. */
    default boolean announced() {
        return false;
    }
}
