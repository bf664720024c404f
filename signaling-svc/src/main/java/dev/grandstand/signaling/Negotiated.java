package dev.grandstand.signaling;

/**
 * An endpoint that was just made, and what the browser needs to know of it.
 *
 * @param placed the endpoint
 * @param answer the answer to the browser's offer
 */
record Negotiated(Placed placed, String answer) {}
