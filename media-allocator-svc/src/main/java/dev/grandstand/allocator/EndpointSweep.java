package dev.grandstand.allocator;

import dev.grandstand.allocator.fleet.Site;
import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases endpoints that nobody will: whoever has an endpoint has a seat, and the seat ends when the participant leaves,
 * also if the signaling instance that would have released the endpoint is dead by then. An endpoint whose participant has
 * had no seat on that node for the grace time is an orphan, and so is the end of a link that is none any more. Confined to
 * the allocator's context; asks one room after another, and each endpoint only once whose it is.
 */
final class EndpointSweep {

    /** Signaling puts it on every endpoint. */
    static final String PARTICIPANT_TAG = "participant";

    private static final Logger LOG = LoggerFactory.getLogger(EndpointSweep.class);

    private final MediaServers servers;
    private final Allocator allocator;
    private final BiPredicate<RoomId, String> isLink;
    private final Duration grace;
    private final InstantSource clock;
    private final Map<String, Map<String, String>> tags = new HashMap<>();
    private final Map<String, Instant> orphans = new HashMap<>();
    private boolean sweeping;

    EndpointSweep(
            MediaServers servers,
            Allocator allocator,
            BiPredicate<RoomId, String> isLink,
            Duration grace,
            InstantSource clock) {
        this.servers = servers;
        this.allocator = allocator;
        this.isLink = isLink;
        this.grace = grace;
        this.clock = clock;
    }

    /** One round; does nothing while the one before is still under way. */
    void sweep() {
        if (sweeping) {
            return;
        }
        sweeping = true;
        var seen = new HashSet<String>();
        var round = Future.<Void>succeededFuture();
        for (var placed : allocator.fleet().placements().entrySet()) {
            for (var site : placed.getValue().sites()) {
                round = round.compose(done -> sweep(placed.getKey(), site, seen));
            }
        }
        round.onComplete(done -> {
            sweeping = false;
            tags.keySet().retainAll(seen);
            orphans.keySet().retainAll(seen);
        });
    }

    /** A node that does not answer is NodeWatch's concern. */
    private Future<Void> sweep(RoomId room, Site site, Set<String> seen) {
        var server = servers.on(site.node());
        return server.endpoints(site.pipeline())
                .compose(endpoints -> {
                    seen.addAll(endpoints);
                    return Future.join(endpoints.stream()
                            .map(endpoint -> judge(room, server, endpoint))
                            .toList());
                })
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private Future<Void> judge(RoomId room, MediaServer server, String endpoint) {
        var known = tags.get(endpoint);
        return (known != null ? Future.succeededFuture(known) : server.tags(endpoint)).map(found -> {
            tags.put(endpoint, found);
            judge(room, server, endpoint, found);
            return null;
        });
    }

    private boolean isWanted(RoomId room, NodeId node, String endpoint, Map<String, String> tags) {
        var participant = tags.get(PARTICIPANT_TAG);
        if (participant != null) {
            return allocator.fleet().hasSeat(room, new ParticipantId(participant), node);
        }
        return !tags.containsKey(LinkKeeper.LINK_TAG) || isLink.test(room, endpoint);
    }

    private void judge(RoomId room, MediaServer server, String endpoint, Map<String, String> tags) {
        if (isWanted(room, server.node().id(), endpoint, tags)) {
            orphans.remove(endpoint);
            return;
        }
        var since = orphans.computeIfAbsent(endpoint, first -> clock.instant());
        if (!since.plus(grace).isAfter(clock.instant())) {
            LOG.atInfo()
                    .addKeyValue("room", room)
                    .addKeyValue("tags", tags)
                    .addKeyValue("node", server.node().id())
                    .addKeyValue("endpoint", endpoint)
                    .log("releasing an endpoint that nobody has");
            server.release(endpoint).onFailure(failure -> LOG.atWarn()
                    .addKeyValue("endpoint", endpoint)
                    .setCause(failure)
                    .log("orphan not released"));
        }
    }
}
