package dev.grandstand.protocol.client;

import dev.grandstand.protocol.RoomId;

/**
 * A room as clients see it.
 *
 * @param id which
 * @param title what people call it
 * @param live whether somebody publishes
 * @param locked whether nobody else may enter
 */
public record RoomInfo(RoomId id, String title, boolean live, boolean locked) {}
