package dev.grandstand.signaling;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.Topic;
import dev.grandstand.eventlog.Trace;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.ParticipantId;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way.
 *
 * @param topic where to
 * @param record what
 * @param actor who wants it, if anybody in particular
 * @param trace of the request that led to it
 */
record Outgoing<C>(
        Topic<CommandRecord<C>> topic,
        CommandRecord<C> record,
        @Nullable ParticipantId actor,
        Trace trace) {

    static final String SERVICE = "signaling-svc";

    Future<Void> publish(EventLog log) {
        if (Trace.isLogged()) {
            trace.step(SERVICE, record.room(), actor)
                    .addKeyValue("command", record.command().getClass().getSimpleName())
                    .log("asked");
        }
        return log.publish(topic, record, trace);
    }

    void answeredBy(Object event) {
        if (Trace.isLogged()) {
            trace.step(SERVICE, record.room(), actor)
                    .addKeyValue("events", event.getClass().getSimpleName())
                    .log("answered");
        }
    }

    void unanswered(Throwable failure) {
        trace.step(SERVICE, record.room(), actor)
                .addKeyValue("reason", failure.getMessage())
                .log("not answered");
    }
}
