package dev.grandstand.allocator.scaling;

import dev.grandstand.protocol.scaling.ScalingStep;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The latest scaling steps. Confined to one context. */
public final class ScalingSteps {

    private static final int REMEMBERED = 100;

    private final Deque<ScalingStep> steps = new ArrayDeque<>();

    /** One more; not if it is the newest already, and was only said again before it was done. */
    public void add(ScalingStep step) {
        if (step.equals(steps.peekFirst())) {
            return;
        }
        steps.addFirst(step);
        if (steps.size() > REMEMBERED) {
            steps.removeLast();
        }
    }

    /** Empty as long as nothing was decided. */
    public Optional<ScalingStep> newest() {
        return Optional.ofNullable(steps.peekFirst());
    }

    /** All that are remembered. */
    public List<ScalingStep> newestFirst() {
        return List.copyOf(steps);
    }
}
