package dev.grandstand.protocol.instance;

import dev.grandstand.protocol.InstanceId;
import java.time.Instant;

/**
 * Of several instances of a service that decides as one, the one that decides says so. Silence means that it died.
 *
 * @param instance which process
 * @param at when it said so
 * @param leaving whether it stops, so that nobody need wait for its silence
 */
public record LeaderBeat(InstanceId instance, Instant at, boolean leaving) {}
