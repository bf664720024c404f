package dev.grandstand.mediaclient;

/**
 * One browser's media at a node.
 *
 * @param id the endpoint's id on its node
 * @param answer the SDP answer to the browser's offer; holds no candidates
 */
public record Endpoint(String id, String answer) {}
