package dev.grandstand.mediaclient;

/**
 * An endpoint that offers, where it is usually the browser that does.
 *
 * @param id the endpoint's id on its node
 * @param sdp its offer; holds no candidates
 */
public record Offer(String id, String sdp) {}
