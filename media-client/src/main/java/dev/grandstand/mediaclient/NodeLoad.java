package dev.grandstand.mediaclient;

import java.time.Instant;

/**
 * How busy a node is.
 *
 * @param pipelines how many pipelines it has
 * @param endpoints how many endpoints they have
 * @param cpuPercent of all its processors together, over a moment: from 0 to 100
 * @param memoryBytes resident
 * @param since when the node's process began, to the second
 */
public record NodeLoad(int pipelines, int endpoints, double cpuPercent, long memoryBytes, Instant since) {}
