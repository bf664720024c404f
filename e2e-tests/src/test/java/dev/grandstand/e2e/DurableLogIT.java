package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.eventlog.Topics;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import dev.grandstand.room.RoomCommandReplay;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everything that happens in a show stands in Kafka, and happens again when it is replayed. */
@ExtendWith(InGrandstand.class)
class DurableLogIT {

    @Test
    void aShowStandsInKafkaAndReplaysToTheSameEvents(Venue venue) {
        var room = venue.newRoom("replayed");
        var ann = venue.presenter(room, "Ann", Camera.RED);
        var vera = venue.viewer(room, "Vera");
        vera.awaitSight("Ann", Camera.RED);
        var stream = vera.streamOf("Ann");
        ann.say("hello");
        vera.awaitChat("hello");
        var eve = venue.socket();
        eve.join(room, "Eve");
        eve.send("{\"type\":\"rename\",\"id\":2,\"name\":\"Evelyn\"}").reply(2);
        eve.send("{\"type\":\"leave\",\"id\":3}").reply(3);
        vera.watchForEnds();
        ann.element("stop").click();
        vera.endOf(stream);
        ann.close();
        vera.close();

        var log = new DurableLog(venue.system().kafka());
        Visitor.await("the room to close in Kafka").until(() -> log.read(Topics.ROOM_EVENTS, room).stream()
                .anyMatch(record -> record.event() instanceof RoomEvent.RoomClosed));
        var commands = log.read(Topics.ROOM_COMMANDS, room);
        var events = log.read(Topics.ROOM_EVENTS, room);

        assertThat(kinds(commands.stream().map(record -> record.command()).toList()))
                .contains(
                        RoomCommand.Join.class,
                        RoomCommand.Rename.class,
                        RoomCommand.StartStream.class,
                        RoomCommand.StopStream.class,
                        RoomCommand.Leave.class);
        assertThat(kinds(events.stream().map(record -> record.event()).toList()))
                .contains(
                        RoomEvent.RoomOpened.class,
                        RoomEvent.RoomWentLive.class,
                        RoomEvent.ParticipantJoined.class,
                        RoomEvent.ParticipantRenamed.class,
                        RoomEvent.ParticipantLeft.class,
                        RoomEvent.RoomDescribed.class,
                        RoomEvent.StreamStarted.class,
                        RoomEvent.StreamStopped.class,
                        RoomEvent.RoomClosed.class);
        assertThat(RoomCommandReplay.replay(new RoomId(room), commands)).isEqualTo(events);

        assertThat(kinds(log.read(Topics.CHAT_COMMANDS, room).stream()
                        .map(record -> record.command())
                        .toList()))
                .contains(ChatCommand.PostMessage.class, ChatCommand.ReadHistory.class);
        assertThat(log.read(Topics.CHAT_EVENTS, room).stream()
                        .map(record -> record.event())
                        .filter(ChatEvent.MessagePosted.class::isInstance)
                        .map(event ->
                                ((ChatEvent.MessagePosted) event).message().text()))
                .containsExactly("hello");
        assertThat(kinds(log.read(Topics.MEDIA_COMMANDS, room).stream()
                        .map(record -> record.command())
                        .toList()))
                .contains(MediaCommand.RequestSeat.class);
        assertThat(kinds(log.read(Topics.MEDIA_EVENTS, room).stream()
                        .map(record -> record.event())
                        .toList()))
                .contains(MediaEvent.RoomPlaced.class, MediaEvent.SeatGranted.class, MediaEvent.SeatReleased.class);
    }

    private static List<Class<?>> kinds(List<?> records) {
        return records.stream().<Class<?>>map(Object::getClass).distinct().collect(Collectors.toList());
    }
}
