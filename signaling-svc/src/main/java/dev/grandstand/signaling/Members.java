package dev.grandstand.signaling;

import dev.grandstand.protocol.ParticipantId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who of a room is on one event loop, in {@value #SHARES} shares of about the same size. Whoever tells a large room something
 * share by share goes to each member once, not past all of them for each share: with ten shares of 10,000 that takes 6 % of the
 * writing, with forty a quarter.
 */
final class Members {

    static final int SHARES = 10;

    private final List<Map<ParticipantId, Member>> shares = Stream.<Map<ParticipantId, Member>>generate(
                    LinkedHashMap::new)
            .limit(SHARES)
            .toList();

    void put(ParticipantId who, Member member) {
        shareOf(who).put(who, member);
    }

    /** Nothing happens when somebody else has taken the place. */
    void remove(ParticipantId who, Member member) {
        shareOf(who).remove(who, member);
    }

    @Nullable
    Member get(ParticipantId who) {
        return shareOf(who).get(who);
    }

    boolean isEmpty() {
        return shares.stream().allMatch(Map::isEmpty);
    }

    /** Nobody may come or go meanwhile. */
    void forEach(Consumer<Member> action) {
        shares.forEach(share -> share.values().forEach(action));
    }

    /** Those of one share; nobody may come or go meanwhile. */
    void forEach(int share, Consumer<Member> action) {
        shares.get(share).values().forEach(action);
    }

    /** As they are now. */
    List<Member> copy() {
        var all = new ArrayList<Member>();
        forEach(all::add);
        return all;
    }

    private Map<ParticipantId, Member> shareOf(ParticipantId who) {
        return shares.get(Math.floorMod(who.hashCode(), SHARES));
    }
}
