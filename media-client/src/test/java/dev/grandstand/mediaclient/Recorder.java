package dev.grandstand.mediaclient;

import dev.grandstand.protocol.client.IceCandidate;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a listener hears, and on which contexts. */
final class Recorder implements EndpointListener {

    final List<IceCandidate> candidates = new CopyOnWriteArrayList<>();
    final List<String> losses = new CopyOnWriteArrayList<>();
    final List<Object> contexts = new CopyOnWriteArrayList<>();

    @Override
    public void candidate(IceCandidate candidate) {
        contexts.add(Vertx.currentContext());
        candidates.add(candidate);
    }

    @Override
    public void lost(String reason) {
        contexts.add(Vertx.currentContext());
        losses.add(reason);
    }
}
