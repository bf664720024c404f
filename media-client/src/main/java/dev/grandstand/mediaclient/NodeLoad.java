package dev.grandstand.mediaclient;

/**
 * How busy a node is.
 *
 * @param pipelines how many pipelines it has
 * @param endpoints how many endpoints they have
 * @param cpuPercent of one core, since the node was last asked: from 0 to 100 times its cores
 * @param memoryBytes resident
 */
public record NodeLoad(int pipelines, int endpoints, double cpuPercent, long memoryBytes) {}
