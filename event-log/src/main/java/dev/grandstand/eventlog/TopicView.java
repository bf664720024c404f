package dev.grandstand.eventlog;

import io.vertx.core.Future;

/** Hears all of a topic, and knows how far it is. */
public interface TopicView extends Follower {

    /** Completes when everything that stands in the topic now has been handled. */
    Future<Void> caughtUp();
}
