package dev.grandstand.chat;

import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.ClientMessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Who has posted lately: for the pace, for slow mode, and to know a message that is sent again. Measured by the times of the
 * messages, which the sender's signaling instance sets. Whoever has been quiet for a while, measured by the newest message of
 * anybody, is forgotten when somebody posts; and if they are too many, whoever has been quiet for longest.
 *
 * @param known by participant
 * @param byQuiet the same, whoever has been quiet for longest first
 */
record Speakers(PSortedMap<ParticipantId, Speaker> known, PSortedSet<Quiet> byQuiet) {

    /** Longer than any client waits before it sends a message again, and than clocks differ. */
    static final Duration REMEMBERED_FOR = Duration.ofMinutes(2);

    /**
     * So many at most. With slow mode at 30 seconds they are more than 160 messages a second; beyond that, somebody may
     * post a little too early.
     */
    static final int MOST = 5_000;

    static final Speakers NONE = new Speakers(
            TreePMap.empty(Comparator.comparing(ParticipantId::value)),
            TreePSet.empty(Comparator.comparing(Quiet::since)
                    .thenComparing(quiet -> quiet.who().value())));

    /** Since when somebody has been quiet. */
    record Quiet(Instant since, ParticipantId who) {}

    boolean isEmpty() {
        return known.isEmpty();
    }

    Optional<Speaker> find(ParticipantId who) {
        return Optional.ofNullable(known.get(who));
    }

    /** The speakers after a message of somebody. */
    Speakers posted(ChatMessage message, @Nullable ClientMessageId clientId, Duration slowMode) {
        var who = message.participant();
        var at = Instant.ofEpochMilli(message.at());
        var rest = without(forgottenBy(who, at, slowMode));
        var before = rest.find(who).orElseGet(() -> new Speaker(who, List.of(), List.of()));
        return rest.with(before.posted(at, clientId, message.id()));
    }

    /** Who is forgotten when somebody posts. */
    List<ParticipantId> forgottenBy(ParticipantId who, Instant at, Duration slowMode) {
        var quietBefore = at.minus(slowMode.compareTo(REMEMBERED_FOR) > 0 ? slowMode : REMEMBERED_FOR);
        var tooMany = known.size() + (known.containsKey(who) ? 0 : 1) - MOST;
        var forgotten = new ArrayList<ParticipantId>();
        for (var quiet : byQuiet) {
            if (forgotten.size() >= tooMany && !quiet.since().isBefore(quietBefore)) {
                break;
            }
            if (!quiet.who().equals(who)) {
                forgotten.add(quiet.who());
            }
        }
        return forgotten;
    }

    /** Only those who posted after the given time. */
    Speakers after(Instant until) {
        return without(byQuiet.stream()
                .takeWhile(quiet -> !quiet.since().isAfter(until))
                .map(Quiet::who)
                .toList());
    }

    Speakers with(Speaker speaker) {
        var before = known.get(speaker.participant());
        var others = before == null ? byQuiet : byQuiet.minus(quiet(before));
        return new Speakers(known.plus(speaker.participant(), speaker), others.plus(quiet(speaker)));
    }

    private Speakers without(List<ParticipantId> gone) {
        var rest = this;
        for (var who : gone) {
            rest = rest.without(who);
        }
        return rest;
    }

    private Speakers without(ParticipantId who) {
        var speaker = known.get(who);
        return speaker == null ? this : new Speakers(known.minus(who), byQuiet.minus(quiet(speaker)));
    }

    private static Quiet quiet(Speaker speaker) {
        return new Quiet(speaker.last(), speaker.participant());
    }
}
