package dev.grandstand.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grandstand.e2e.InGrandstand;
import dev.grandstand.e2e.RawSocket;
import dev.grandstand.e2e.SignalingInstances;
import dev.grandstand.e2e.Venue;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.signaling.SignalingService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every message, from everybody, however they came in. */
@ExtendWith(InGrandstand.class)
class PermissionsIT {

    private static final int AT_ONCE = 17;

    /** One column of the table: who sends all messages. */
    private record Column(String name, PermissionTable.Visitor visitor, String role, Map<String, Object> claims) {

        static Column open(String role) {
            var inside = !role.equals("outside");
            return new Column(
                    "open, " + role,
                    new PermissionTable.Visitor(inside, inside, inside, role.equals("moderator"), true),
                    role,
                    Map.of());
        }

        /** @param without which grant the token takes from the role, if any */
        static Column token(String role, String without) {
            var inside = !role.equals("outside");
            var visitor = new PermissionTable.Visitor(
                    inside,
                    !role.equals("viewer") && !without.equals("canPublish"),
                    !without.equals("canChat"),
                    role.equals("moderator") && !without.equals("canModerate"),
                    false);
            Map<String, Object> claims =
                    without.isEmpty() ? Map.of("role", role) : Map.of("role", role, without, false);
            return new Column(
                    "token, " + role + (without.isEmpty() ? "" : " without " + without), visitor, role, claims);
        }
    }

    @Test
    void everyMessageHasARow() {
        var rows = PermissionTable.ROWS.stream().map(PermissionTable.Row::type).collect(Collectors.toSet());

        assertThat(leaves(ClientMessage.class).toList()).isNotEmpty().allMatch(rows::contains);
    }

    @Test
    void everybodyMayDoWhatTheyMayAndNothingElse(Venue venue) throws Exception {
        try (var instances = new SignalingInstances(venue);
                var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var open = instances.start("open", Map.of());
            var asking = instances.start("asking", Jwt.asked());
            var columns = new LinkedHashMap<Column, SignalingService>();
            for (var role : List.of("outside", "viewer", "presenter", "moderator")) {
                columns.put(Column.open(role), open);
                columns.put(Column.token(role, ""), asking);
            }
            for (var role : List.of("viewer", "presenter", "moderator")) {
                for (var grant : List.of("canPublish", "canChat", "canModerate")) {
                    columns.put(Column.token(role, grant), asking);
                }
            }
            var work = new ArrayList<Callable<List<String>>>();
            columns.forEach((column, at) -> work.add(() -> wrong(at, column, venue.newRoom("permissions"))));

            var wrong = new ArrayList<String>();
            for (var column : threads.invokeAll(work)) {
                wrong.addAll(column.get());
            }

            assertThat(wrong).isEmpty();
        }
    }

    private static List<String> wrong(SignalingService at, Column column, String room) {
        var sockets = new ArrayList<RawSocket>();
        try {
            var scene = new HashMap<String, String>();
            scene.put("ROOM", room);
            scene.put("STREAM", room + "-mine");
            var moderator = column.visitor().open() && column.visitor().moderates();
            // Where nobody shows a token, who opens the room moderates it.
            var eve = moderator ? enter(at, column, room, "Eve", sockets) : null;
            var host = enter(at, host(column), room, "Host", sockets);
            scene.put("HOST", id(host));
            for (var guest : List.of("Bob", "Cat", "Dan")) {
                scene.put(guest.toUpperCase(java.util.Locale.ROOT), id(enter(at, guest(column), room, guest, sockets)));
            }
            scene.put(
                    "FIRST",
                    asked(host, 2, "{\"type\":\"chat\",\"text\":\"one\"}")
                            .path("message")
                            .asText());
            assertThat(asked(
                                    host,
                                    3,
                                    "{\"type\":\"publish\",\"stream\":\"host-camera\",\"kind\":\"camera\",\"sdp\":\""
                                            + PermissionTable.sendingOffer() + "\"}")
                            .path("type")
                            .asText())
                    .isEqualTo("answer");
            return outcomes(column, eve == null ? enter(at, column, room, "Eve", sockets) : eve, scene);
        } finally {
            sockets.forEach(RawSocket::close);
        }
    }

    private static List<String> outcomes(Column column, RawSocket eve, Map<String, String> scene) {
        var wrong = new ArrayList<String>();
        var id = 100;
        for (var row : PermissionTable.ROWS) {
            var frame = row.frame();
            for (var part : scene.entrySet()) {
                frame = frame.replace('"' + part.getKey() + '"', '"' + part.getValue() + '"');
            }
            frame = frame.replace("ROOM-2", scene.get("ROOM") + "-b");
            var reply = asked(eve, id++, frame);
            var outcome = reply.path("type").asText().equals("error")
                    ? reply.path("code").asText()
                    : reply.path("type").asText();
            var expected = row.expected(column.visitor());
            if (!outcome.equals(expected)) {
                wrong.add("%s: %s: %s instead of %s (%s)"
                        .formatted(
                                column.name(),
                                row.frame(),
                                outcome,
                                expected,
                                reply.path("message").asText()));
            }
        }
        return wrong;
    }

    private static Column host(Column column) {
        return column.visitor().open()
                ? Column.open(column.visitor().moderates() ? "presenter" : "moderator")
                : Column.token("moderator", "");
    }

    private static Column guest(Column column) {
        return column.visitor().open() ? Column.open("viewer") : Column.token("viewer", "");
    }

    private static RawSocket enter(
            SignalingService at, Column column, String room, String name, List<RawSocket> sockets) {
        var socket = SignalingInstances.socket(at);
        sockets.add(socket);
        if (column.visitor().inside()) {
            var token = column.visitor().open()
                    ? ""
                    : ",\"token\":\"" + Jwt.signed(Jwt.claims(room, column.claims())) + '"';
            var joined = asked(
                    socket,
                    1,
                    "{\"type\":\"join\",\"room\":\"%s\",\"name\":\"%s\",\"role\":\"%s\"%s}"
                            .formatted(room, name, column.role(), token));
            assertThat(joined.path("type").asText())
                    .as(name + " of " + column.name())
                    .isEqualTo("joined");
            assertThat(joined.path("open").asBoolean())
                    .isEqualTo(column.visitor().open());
            assertThat(joined.path("standing").path("moderate").asBoolean())
                    .as(name + " of " + column.name())
                    .isEqualTo(column.visitor().moderates());
        }
        return socket;
    }

    private static String id(RawSocket socket) {
        return socket.reply(1).path("you").path("id").asText();
    }

    private static JsonNode asked(RawSocket socket, int id, String frame) {
        socket.send("{\"id\":" + id + "," + frame.substring(1));
        return socket.reply(id);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(PermissionsIT::leaves)
                : Stream.of(type);
    }
}
