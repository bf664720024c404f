package dev.grandstand.mediaclient;

import java.util.Map;

/**
 * A pipeline as found on a node.
 *
 * @param id its id there
 * @param tags what it was made with
 */
public record Pipeline(String id, Map<String, String> tags) {

    /** Copies the tags. */
    public Pipeline {
        tags = Map.copyOf(tags);
    }
}
