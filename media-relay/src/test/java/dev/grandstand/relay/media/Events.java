package dev.grandstand.relay.media;

import dev.grandstand.webrtc.DtlsState;
import dev.grandstand.webrtc.IceCandidate;
import dev.grandstand.webrtc.IceState;
import dev.grandstand.webrtc.MediaKind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what an endpoint tells, and hands candidates on. */
final class Events implements RtcEndpointListener {

    final List<String> log = new CopyOnWriteArrayList<>();
    final List<IceCandidate> candidates = new CopyOnWriteArrayList<>();

    @Override
    public void iceCandidate(IceCandidate candidate) {
        candidates.add(candidate);
    }

    @Override
    public void iceGatheringDone() {
        log.add("gathered");
    }

    @Override
    public void iceState(int streamId, int componentId, IceState state) {
        log.add("ice " + state);
    }

    @Override
    public void candidatePairSelected(String local, String remote) {
        log.add("pair");
    }

    @Override
    public void dtlsState(DtlsState state) {
        log.add("dtls " + state);
    }

    @Override
    public void connectionState(boolean connected) {
        log.add("connection " + connected);
    }

    @Override
    public void mediaState(boolean connected) {
        log.add("media " + connected);
    }

    @Override
    public void mediaFlowIn(MediaKind kind, boolean flowing) {
        log.add("in " + kind + " " + flowing);
    }

    @Override
    public void mediaFlowOut(MediaKind kind, boolean flowing) {
        log.add("out " + kind + " " + flowing);
    }

    @Override
    public void mediaSessionStarted() {
        log.add("started");
    }
}
