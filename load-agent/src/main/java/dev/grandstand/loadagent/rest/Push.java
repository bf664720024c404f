package dev.grandstand.loadagent.rest;

import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.loadagent.PictureShape;
import dev.grandstand.loadagent.Programme;
import dev.grandstand.loadagent.Publisher;
import dev.grandstand.loadagent.PublisherFigures;
import dev.grandstand.loadagent.Ticket;
import dev.grandstand.loadagent.clip.BadClip;
import dev.grandstand.loadagent.clip.Clip;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Presenters in one room, who come one after another. */
final class Push implements Job {

    private static final int LARGEST = 100;

    private final LoadAgent agent;
    private final URI uri;
    private final RoomId room;
    private final int count;
    private final @Nullable String token;
    private final Programme programme;
    private final Set<Publisher> publishers = ConcurrentHashMap.newKeySet();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    private Push(LoadAgent agent, URI uri, RoomId room, int count, @Nullable String token, Programme programme) {
        this.agent = agent;
        this.uri = uri;
        this.room = room;
        this.count = count;
        this.token = token;
        this.programme = programme;
    }

    /** @param clips folder that files may be played from; absent if none may */
    static Job start(LoadAgent agent, @Nullable Path clips, Fields fields) {
        var small = PictureShape.SMALL;
        var shape = new PictureShape(
                fields.integer("bitsPerSecond", small.bitsPerSecond(), 20_000, 20_000_000),
                fields.integer("framesPerSecond", small.framesPerSecond(), 1, 60));
        var clip = fields.text("source").map(name -> clip(clips, name, shape.framesPerSecond()));
        var push = new Push(
                agent,
                fields.uri(),
                fields.room(),
                fields.integer("count", 1, 1, LARGEST),
                fields.text("token").orElse(null),
                new Programme(shape, clip.orElse(null)));
        fields.done();
        push.next(1);
        return push;
    }

    /** From that folder and no other: who holds the token may not read the machine's files. */
    private static Clip clip(@Nullable Path clips, String name, int framesPerSecond) {
        if (clips == null) {
            throw new BadRequest("source: this agent was started without --clips");
        }
        if (!name.matches("[\\w][\\w.-]*")) {
            throw new BadRequest("source wants the name of a file in the agent's folder");
        }
        try {
            return Clip.read(clips.resolve(name), framesPerSecond);
        } catch (BadClip | IOException e) {
            throw new BadRequest("source: " + e.getMessage());
        }
    }

    private void next(int number) {
        if (ended || number > count) {
            return;
        }
        var ticket = new Ticket(uri, room, new DisplayName("Presenter " + number), token);
        agent.publish(ticket, programme)
                .onSuccess(this::started)
                .onFailure(why -> refusals.add(String.valueOf(why.getMessage())))
                .onComplete(done -> next(number + 1));
    }

    private void started(Publisher publisher) {
        publishers.add(publisher);
        if (ended) {
            publisher.close();
        }
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public JsonObject describe() {
        var each = publishers.stream().map(Publisher::figures).toList();
        return new JsonObject()
                .put("uri", uri.toString())
                .put("room", room.toString())
                .put("count", count)
                .put(
                        "streams",
                        new JsonArray(publishers.stream()
                                .map(publisher -> publisher.stream().toString())
                                .sorted()
                                .toList()))
                .put("refusals", new JsonArray(refusals.stream().toList()))
                .put(
                        "figures",
                        new JsonObject()
                                .put(
                                        "onAir",
                                        each.stream()
                                                .filter(PublisherFigures::connected)
                                                .count())
                                .put(
                                        "waiting",
                                        each.stream()
                                                .filter(PublisherFigures::waiting)
                                                .count())
                                .put("packets", sum(each.stream().map(PublisherFigures::packets)))
                                .put("bytes", sum(each.stream().map(PublisherFigures::bytes)))
                                .put("frames", sum(each.stream().map(PublisherFigures::frames)))
                                .put("keyframes", sum(each.stream().map(PublisherFigures::keyframes)))
                                .put("keyframeRequests", sum(each.stream().map(PublisherFigures::keyframeRequests)))
                                .put("retransmissions", sum(each.stream().map(PublisherFigures::retransmissions))));
    }

    private static long sum(Stream<Long> values) {
        return values.mapToLong(Long::longValue).sum();
    }

    @Override
    public Future<Void> terminate() {
        ended = true;
        return Future.join(publishers.stream().map(Publisher::close).toList()).mapEmpty();
    }
}
