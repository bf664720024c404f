package dev.grandstand.protocol.client;

import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.VideoCodec;

/**
 * A room as clients see it.
 *
 * @param id which
 * @param title what people call it
 * @param live whether somebody publishes
 * @param locked whether nobody else may enter
 * @param video how all of its video is coded
 */
public record RoomInfo(RoomId id, String title, boolean live, boolean locked, VideoCodec video) {}
