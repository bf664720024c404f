package dev.grandstand.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String GIVEN = "00-" + ID + "-00f067aa0ba902b7-01";

    @Test
    void aTraceThatBeginsHasTheFormOfTheRecommendationAndAnIdOfItsOwn() {
        var ids = IntStream.range(0, 1_000)
                .mapToObj(n -> Trace.begin())
                .peek(trace -> assertThat(trace.header()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"))
                .map(Trace::toString)
                .distinct();

        assertThat(ids).hasSize(1_000);
    }

    @Test
    void whatAClientSentGoesOnUnderTheSameIdWithAnIdForEachRequest() {
        var session = Trace.parse(GIVEN).orElseThrow();

        var first = session.request();
        var second = session.request();

        assertThat(first).hasToString(ID);
        assertThat(second).hasToString(ID);
        assertThat(first.header()).hasSize(55).isNotEqualTo(second.header()).isNotEqualTo(GIVEN);
    }

    @Test
    void requestsOfAClientThatSentNothingAreFollowedOneByOne() {
        assertThat(Trace.NONE.request().toString())
                .isNotEqualTo(Trace.NONE.request().toString());
    }

    @Test
    void aLaterVersionIsReadAsFarAsItIsKnown() {
        assertThat(Trace.parse("42-" + ID + "-00f067aa0ba902b7-01-more")).get().hasToString(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
                "00-4bf92f3577b34da6a3ce929d0e0e4736\n00f067aa0ba902b7-01"
            })
    void whatIsNoTraceContextIsAsIfItHadNotBeenSent(String header) {
        assertThat(Trace.parse(header)).isEmpty();
    }

    @Test
    void aRecordCarriesItUnchanged() {
        var trace = Trace.begin();
        var headers = new RecordHeaders();

        trace.addTo(headers);

        assertThat(Trace.of(headers).header()).isEqualTo(trace.header());
    }

    @Test
    void aRecordWithoutATraceCarriesNothing() {
        var headers = new RecordHeaders();

        Trace.NONE.addTo(headers);

        assertThat(headers).isEmpty();
        assertThat(Trace.of(headers)).hasToString("none").matches(Trace::isNone);
        assertThat(Trace.of(headers.add(Trace.HEADER, new byte[] {1, 2, 3}))).matches(Trace::isNone);
    }
}
