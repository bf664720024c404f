package dev.grandstand.loadagent.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Something that was started and goes on until it is terminated: a pull or a push. */
interface Job {

    /** How many viewers or presenters it was asked for. */
    int count();

    /** What it was asked for, and how it fares. Blocks for a moment: not for event loops. */
    JsonObject describe();

    /** Ends it. */
    Future<Void> terminate();
}
