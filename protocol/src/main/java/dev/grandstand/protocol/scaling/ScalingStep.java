package dev.grandstand.protocol.scaling;

/**
 * A decision that was worth being told: it changed something, or its reason did.
 *
 * @param decision what was decided, and from what
 * @param byHand whether an operator said so; as long as the newest step says it, so does the next allocator that leads
 */
public record ScalingStep(ScaleDecision decision, boolean byHand) {}
