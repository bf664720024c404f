package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grandstand.webrtc.DtlsState;
import dev.grandstand.webrtc.IceState;
import dev.grandstand.webrtc.MediaKind;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the events of one endpoint have said so far, for those who ask instead of listening. */
final class RtcState {

    static final String ENCODER = "[bundle/dtlssrtpenc]";
    static final String DECODER = "[bundle/dtlssrtpdec]";

    private final SortedMap<Integer, IceState> ice = new TreeMap<>();
    private final Set<MediaKind> flowingIn = EnumSet.noneOf(MediaKind.class);
    private final Set<MediaKind> flowingOut = EnumSet.noneOf(MediaKind.class);
    private @Nullable ObjectNode pair;
    private @Nullable DtlsState dtls;
    private boolean connected;
    private boolean mediaConnected;

    static String connection(boolean connected) {
        return connected ? "CONNECTED" : "DISCONNECTED";
    }

    void ice(int component, IceState state) {
        ice.put(component, state);
    }

    ObjectNode pair(String local, String remote) {
        var selected = Wire.struct("IceCandidatePair")
                .put("streamId", "1")
                .put("componentId", 1)
                .put("localCandidate", local)
                .put("remoteCandidate", remote);
        pair = selected;
        return selected;
    }

    void dtls(DtlsState state) {
        dtls = state;
    }

    /** Returns the state before. */
    boolean connected(boolean now) {
        var before = connected;
        connected = now;
        return before;
    }

    /** Returns the state before. */
    boolean mediaConnected(boolean now) {
        var before = mediaConnected;
        mediaConnected = now;
        return before;
    }

    void flowingIn(MediaKind kind, boolean flowing) {
        set(flowingIn, kind, flowing);
    }

    void flowingOut(MediaKind kind, boolean flowing) {
        set(flowingOut, kind, flowing);
    }

    boolean flowingIn(MediaKind kind) {
        return flowingIn.contains(kind);
    }

    boolean flowingOut(MediaKind kind) {
        return flowingOut.contains(kind);
    }

    JsonNode connection() {
        return Wire.text(connection(connected));
    }

    JsonNode media() {
        return Wire.text(connection(mediaConnected));
    }

    JsonNode iceConnections() {
        var list = Wire.array();
        ice.forEach((component, state) -> list.add(Wire.struct("IceConnection")
                .put("streamId", "1")
                .put("componentId", component)
                .put("state", state.name())));
        return list;
    }

    JsonNode candidatePairs() {
        var list = Wire.array();
        if (pair != null) {
            list.add(pair);
        }
        return list;
    }

    JsonNode dtlsConnections(String connectionId) {
        var list = Wire.array();
        var state = dtls;
        if (state != null) {
            for (var component : new String[] {DECODER, ENCODER}) {
                list.add(Wire.struct("DtlsConnection")
                        .put("streamId", "1")
                        .put("componentId", component)
                        .put("connectionId", connectionId)
                        .put("state", state.name()));
            }
        }
        return list;
    }

    private static void set(Set<MediaKind> kinds, MediaKind kind, boolean flowing) {
        if (flowing) {
            kinds.add(kind);
        } else {
            kinds.remove(kind);
        }
    }
}
