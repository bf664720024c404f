package dev.grandstand.allocator.kubernetes;

import java.time.Instant;

/**
 * The life of a media pod as a node of the fleet: {@code Starting → Serving → Draining → Gone}, or {@code Lost} where it ends
 * with people on it. Each state has the moves that are legal from there, and no others.
 *
 * <ul>
 *   <li>Starting → Serving: it runs and its probe has succeeded once. From then on the probe says nothing here: whether a node
 *       answers is seen by asking it, and a pod that is not ready for a moment keeps its people.
 *   <li>Starting → Gone: it ended, or was deleted, before it was a node.
 *   <li>Serving → Draining: it was deleted, is annotated, an operator drains it, it has had its time, or was chosen to go. It gets
 *       nothing new and its people move away.
 *   <li>Draining → Serving: whoever asked for that takes it back; not for a pod that was deleted.
 *   <li>Serving, Draining → Gone, Lost: the pod is there no more.
 * </ul>
 */
sealed interface NodeLife {

    /** Why a node is emptied; who asked later has the say. */
    enum Why {
        /** The scaling policy wants fewer nodes. */
        CHOSEN,
        /** It has had its time, and goes once it is empty; another takes its place. */
        WORN,
        /** The pod is annotated with {@link PodSeen#DRAIN}. */
        ASKED,
        /** An operator drains it; it stays, and another takes its place. */
        ORDERED,
        /** The pod was deleted, or says itself that it ends: there is no way back. */
        LEAVING
    }

    /** As last seen. */
    PodSeen pod();

    /** Is no node yet. */
    record Starting(PodSeen pod) implements NodeLife {

        Serving serves(PodSeen now, Instant at) {
            return new Serving(now, at);
        }

        Gone ends() {
            return new Gone(pod);
        }
    }

    /** Carries rooms. */
    record Serving(PodSeen pod, Instant since) implements NodeLife {

        Draining drains(PodSeen now, Why why) {
            return new Draining(now, since, why);
        }

        NodeLife ends(boolean occupied) {
            return occupied ? new Lost(pod) : new Gone(pod);
        }
    }

    /** Is being emptied, or empty. */
    record Draining(PodSeen pod, Instant since, Why why) implements NodeLife {

        Draining because(Why other) {
            return new Draining(pod, since, why.compareTo(other) < 0 ? other : why);
        }

        /** @throws IllegalStateException if the pod is leaving */
        Serving recalled(PodSeen now) {
            if (why == Why.LEAVING) {
                throw new IllegalStateException(pod.node() + " is leaving");
            }
            return new Serving(now, since);
        }

        NodeLife ends(boolean occupied) {
            return occupied ? new Lost(pod) : new Gone(pod);
        }
    }

    /** Was empty when it went. */
    record Gone(PodSeen pod) implements NodeLife {}

    /** Took people's media with it, which has to be made again elsewhere. */
    record Lost(PodSeen pod) implements NodeLife {}

    /** Whether it is in the fleet: rooms may be there. */
    default boolean isNode() {
        return this instanceof Serving || this instanceof Draining;
    }

    /**
     * A pod that was not known before. One that is marked as to go was chosen by whoever led before.
     *
     * @param occupied whether the log says that somebody is there: then it has served
     */
    static NodeLife first(PodSeen pod, boolean occupied, Instant at) {
        var life = firstState(pod, occupied, at);
        return life instanceof Serving serving && pod.marks().isToGo() ? serving.drains(pod, Why.CHOSEN) : life;
    }

    private static NodeLife firstState(PodSeen pod, boolean occupied, Instant at) {
        var starting = new Starting(pod);
        if (!pod.hasEnded()
                && !pod.address().isEmpty()
                && (occupied || pod.marks().live())) {
            return starting.serves(pod, at).seen(pod, occupied, at);
        }
        return starting.seen(pod, occupied, at);
    }

    /**
     * The same pod, seen again.
     *
     * @param occupied whether somebody is there
     */
    default NodeLife seen(PodSeen now, boolean occupied, Instant at) {
        return switch (this) {
            case Starting starting when now.hasEnded() -> starting.ends();
            case Starting starting
            when now.terminating() ->
                now.ready() && now.isRunning() ? starting.serves(now, at).drains(now, Why.LEAVING) : starting.ends();
            case Starting starting
            when now.ready() && now.isRunning() -> starting.serves(now, at).seen(now, occupied, at);
            case Starting starting -> new Starting(now);
            case Serving serving when now.hasEnded() -> serving.ends(occupied);
            case Serving serving when now.terminating() -> serving.drains(now, Why.LEAVING);
            case Serving serving when now.drainAsked() -> serving.drains(now, Why.ASKED);
            case Serving serving -> new Serving(now, serving.since());
            case Draining draining when now.hasEnded() -> draining.ends(occupied);
            case Draining draining when now.terminating() -> new Draining(now, draining.since(), Why.LEAVING);
            case Draining draining when draining.why() == Why.ASKED && !now.drainAsked() -> draining.recalled(now);
            case Draining draining -> {
                var same = new Draining(now, draining.since(), draining.why());
                yield now.drainAsked() ? same.because(Why.ASKED) : same;
            }
            case Gone gone -> gone;
            case Lost lost -> lost;
        };
    }

    /** The pod is there no more. */
    default NodeLife vanished(boolean occupied) {
        return switch (this) {
            case Starting starting -> starting.ends();
            case Serving serving -> serving.ends(occupied);
            case Draining draining -> draining.ends(occupied);
            case Gone gone -> gone;
            case Lost lost -> lost;
        };
    }
}
