package dev.grandstand.relay.media;

import dev.grandstand.relay.media.NegotiationRefused.Reason;
import dev.grandstand.webrtc.DtlsState;
import dev.grandstand.webrtc.IceCandidate;
import dev.grandstand.webrtc.IceState;
import dev.grandstand.webrtc.MediaKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The media plane without media: negotiates by echoing, "connects" with the first candidate that looks like one, and lets
 * media flow from whoever offered to send. The twin of the real engine for tests of the protocol.
 */
public final class InMemoryMediaEngine implements MediaEngine {

    private final Set<Element> elements = ConcurrentHashMap.newKeySet();

    @Override
    public RtcEndpoint createEndpoint(RtcEndpointListener listener) {
        var endpoint = new Endpoint(listener);
        elements.add(endpoint);
        return endpoint;
    }

    @Override
    public PassThrough createPassThrough() {
        var element = new Through();
        elements.add(element);
        return element;
    }

    @Override
    public MediaFigures figures() {
        return MediaFigures.NONE;
    }

    @Override
    public int udpPort() {
        return 40_000;
    }

    @Override
    public void close() {
        List.copyOf(elements).forEach(Element::release);
    }

    /** Elements that were created and not released. */
    public int size() {
        return elements.size();
    }

    /** Pairs of connected elements, each kind for itself. */
    public long connections() {
        return elements.stream().mapToLong(element -> element.sources.size()).sum();
    }

    private class Element implements MediaElement {

        final Map<MediaKind, Element> sources = new EnumMap<>(MediaKind.class);

        @Override
        public synchronized void connect(MediaElement sink, MediaKind kind) {
            ((Element) sink).sources.put(kind, this);
        }

        @Override
        public synchronized void disconnect(MediaElement sink, MediaKind kind) {
            ((Element) sink).sources.remove(kind, this);
        }

        @Override
        public void requestKeyframe() {}

        @Override
        public synchronized void release() {
            elements.remove(this);
            sources.clear();
            elements.forEach(element -> element.sources.values().removeIf(source -> source == this));
        }
    }

    private final class Through extends Element implements PassThrough {}

    private final class Endpoint extends Element implements RtcEndpoint {

        private static final String CANDIDATE = "candidate:1 1 UDP 2015364095 127.0.0.1 40000 typ host";

        private final RtcEndpointListener listener;
        private Optional<String> local = Optional.empty();
        private Optional<String> remote = Optional.empty();
        private Bandwidth bandwidth = Bandwidth.DEFAULTS;
        private boolean offered;
        private boolean gathered;
        private boolean connected;

        private Endpoint(RtcEndpointListener listener) {
            this.listener = listener;
        }

        @Override
        public String processOffer(String sdp) throws NegotiationRefused {
            refuseIf(local.isPresent(), Reason.ALREADY_NEGOTIATED);
            refuseIf(!sdp.startsWith("v=0"), Reason.BAD_SDP);
            remote = Optional.of(sdp);
            local = Optional.of(sdp.replaceAll("(?m)^a=(ice-ufrag|ice-pwd|fingerprint|ssrc|candidate).*\\R", ""));
            listener.mediaSessionStarted();
            return local.get() + "a=" + CANDIDATE + "\r\n";
        }

        @Override
        public String generateOffer(boolean audio, boolean video) throws NegotiationRefused {
            refuseIf(local.isPresent(), Reason.ALREADY_NEGOTIATED);
            offered = true;
            local = Optional.of("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
                    + (audio ? "m=audio 1 RTP/SAVPF 96\r\na=mid:audio0\r\n" : "")
                    + (video ? "m=video 1 RTP/SAVPF 97\r\na=mid:video0\r\n" : ""));
            return local.get();
        }

        @Override
        public String processAnswer(String sdp) throws NegotiationRefused {
            refuseIf(!offered, Reason.ANSWER_WITHOUT_OFFER);
            refuseIf(!sdp.startsWith("v=0"), Reason.BAD_SDP);
            remote = Optional.of(sdp);
            listener.mediaSessionStarted();
            return local.orElseThrow();
        }

        @Override
        public String localDescription() throws NegotiationRefused {
            return local.map(sdp -> sdp + (gathered ? "a=" + CANDIDATE + "\r\n" : ""))
                    .orElseThrow(() -> new NegotiationRefused(Reason.NO_LOCAL_SDP, "none"));
        }

        @Override
        public String remoteDescription() throws NegotiationRefused {
            return remote.orElseThrow(() -> new NegotiationRefused(Reason.NO_REMOTE_SDP, "none"));
        }

        private void refuseIf(boolean condition, Reason reason) throws NegotiationRefused {
            if (condition) {
                throw new NegotiationRefused(reason, reason.name());
            }
        }

        @Override
        public synchronized void gatherCandidates() {
            if (gathered || local.isEmpty()) {
                return;
            }
            gathered = true;
            listener.iceState(1, 1, IceState.GATHERING);
            var mids = local.get()
                    .lines()
                    .filter(line -> line.startsWith("a=mid:"))
                    .map(line -> line.substring(6))
                    .toList();
            IntStream.range(0, mids.size())
                    .forEach(i -> listener.iceCandidate(new IceCandidate(CANDIDATE, mids.get(i), i)));
            listener.iceGatheringDone();
        }

        @Override
        public synchronized void addCandidate(IceCandidate candidate) {
            if (connected || remote.isEmpty() || !candidate.candidate().matches("candidate:.*127\\.0\\.0\\.1.*")) {
                return;
            }
            connected = true;
            listener.iceState(1, 1, IceState.CONNECTING);
            listener.candidatePairSelected(CANDIDATE, candidate.candidate());
            listener.iceState(1, 1, IceState.CONNECTED);
            listener.dtlsState(DtlsState.NEW);
            listener.dtlsState(DtlsState.CONNECTING);
            listener.iceState(1, 1, IceState.READY);
            listener.connectionState(true);
            listener.dtlsState(DtlsState.CONNECTED);
            for (var kind : MediaKind.values()) {
                if (remote.get().matches("(?s).*m=" + kind.name().toLowerCase(java.util.Locale.ROOT) + ".*")) {
                    if (remote.get().contains("a=recvonly")) {
                        listener.mediaFlowIn(kind, true);
                    } else {
                        listener.mediaFlowOut(kind, true);
                    }
                }
            }
            listener.mediaState(true);
        }

        @Override
        public Bandwidth bandwidth() {
            return bandwidth;
        }

        @Override
        public void bandwidth(Bandwidth limits) {
            bandwidth = limits;
        }

        @Override
        public RtcStats stats() {
            var inbound = new ArrayList<RtcStats.Inbound>();
            var outbound = new ArrayList<RtcStats.Outbound>();
            if (connected) {
                for (var kind : MediaKind.values()) {
                    inbound.add(new RtcStats.Inbound(kind, 100 + kind.ordinal(), 5, 500, 0, 0, 0.01, 0, 0, 1, 0));
                    outbound.add(new RtcStats.Outbound(kind, 200 + kind.ordinal(), 5, 500, 0, 0, 0.01, 0, 0, 1, 0));
                }
            }
            return new RtcStats(inbound, outbound);
        }

        @Override
        public boolean flowingIn(MediaKind kind) {
            return connected;
        }

        @Override
        public boolean flowingOut(MediaKind kind) {
            return connected;
        }

        @Override
        public boolean connected() {
            return connected;
        }
    }
}
