package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.grandstand.protocol.ParticipantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MembersTest {

    private final Members members = new Members();

    @Test
    void everybodyIsInOneShare() {
        var all = IntStream.range(0, 10_000).mapToObj(n -> new TestMember()).toList();
        var lots = new Random(20261130);
        all.forEach(member -> members.put(new ParticipantId(Long.toHexString(lots.nextLong())), member));

        var shares = IntStream.range(0, Members.SHARES)
                .mapToObj(share -> {
                    var inIt = new ArrayList<Member>();
                    members.forEach(share, inIt::add);
                    return inIt;
                })
                .toList();

        assertThat(shares.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(shares)
                .allSatisfy(share -> assertThat(share.size()).isCloseTo(all.size() / Members.SHARES, within(150)));
    }

    @Test
    void whoHasTakenThePlaceOfAnotherStays() {
        var who = new ParticipantId("alice");
        var former = new TestMember();
        var present = new TestMember();
        members.put(who, former);
        members.put(who, present);

        members.remove(who, former);
        assertThat(members.copy()).containsExactly(present);

        members.remove(who, present);
        assertThat(members.isEmpty()).isTrue();
    }
}
