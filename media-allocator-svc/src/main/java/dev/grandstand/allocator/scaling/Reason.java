package dev.grandstand.allocator.scaling;

import dev.grandstand.protocol.scaling.FleetFigures;
import dev.grandstand.protocol.scaling.Need;
import java.util.ArrayList;

/** A decision in words, for operators. */
record Reason(ScalingRules rules, FleetFigures fleet, Need need) {

    /**
     * @param wanted what is needed, within the bounds
     * @param nodes what was decided
     */
    String of(int wanted, int nodes) {
        if (nodes > fleet.ordered()) {
            return "up from " + fleet.ordered() + " to " + nodes + ": " + parts() + bound(wanted);
        }
        if (nodes < fleet.ordered()) {
            return "down from " + fleet.ordered() + " to " + nodes + ": " + wanted + " would do (" + parts() + ")"
                    + bound(wanted);
        }
        if (wanted < fleet.ordered()) {
            return "stays at " + nodes + " for now, though " + wanted + " would do (" + parts() + ")" + bound(wanted);
        }
        return "stays at " + nodes + ": " + parts() + bound(wanted);
    }

    private String parts() {
        var parts = new ArrayList<String>();
        parts.add(need.seated() + " seated");
        add(parts, need.waiting(), "waiting");
        add(parts, need.announced(), "expected by announced shows");
        if (need.growth() > need.headroom()) {
            add(
                    parts,
                    need.growth(),
                    "who will come while a node boots (" + fleet.boot().toSeconds() + " s)");
        } else {
            add(parts, need.headroom(), "in reserve");
        }
        return String.join(", ", parts) + "; " + fleet.seatsPerNode() + " seats a node" + stuck();
    }

    private static void add(ArrayList<String> parts, int people, String who) {
        if (people > 0) {
            parts.add(people + " " + who);
        }
    }

    private String stuck() {
        return fleet.stuck() == 0 ? "" : "; " + fleet.stuck() + " more for nodes that do not start";
    }

    private String bound(int wanted) {
        int unbounded = need.nodes() + fleet.stuck();
        return unbounded > wanted
                ? "; " + unbounded + " are needed, but " + rules.max() + " is the most allowed"
                : unbounded < wanted ? "; " + rules.min() + " is the fewest allowed" : "";
    }
}
