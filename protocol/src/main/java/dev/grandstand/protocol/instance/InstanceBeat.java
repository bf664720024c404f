package dev.grandstand.protocol.instance;

import dev.grandstand.protocol.InstanceId;
import java.time.Instant;

/**
 * A signaling instance says that it lives. Silence means that it died, and that its sessions are gone with it.
 *
 * @param instance which process
 * @param at when it said so
 * @param sessions how many sessions it holds
 */
public record InstanceBeat(InstanceId instance, Instant at, int sessions) {}
