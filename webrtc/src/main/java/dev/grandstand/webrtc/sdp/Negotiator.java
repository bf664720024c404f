package dev.grandstand.webrtc.sdp;

import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.RemoteTransport;
import dev.grandstand.webrtc.dtls.DtlsAssociation.Role;
import dev.grandstand.webrtc.dtls.Fingerprint;
import dev.grandstand.webrtc.ice.IceCredentials;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes offers and answers for one peer (a subset of JSEP, RFC 9429: one BUNDLE, at most one m-section of each kind, RTCP
 * multiplexed, no renegotiation but the restart of ICE). Descriptions have the shape of Kurento's: port 1, no candidates, no rtx.
 *
 * <p>Over the usual length because an offer, its answer and what follows from both have to agree line by line.
 */
public final class Negotiator {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<String> VIDEO_FEEDBACK = List.of("nack", "nack pli", "goog-remb", "ccm fir");
    private static final int OFFERED_ABS_SEND_TIME = 3;
    private static final Codec OPUS = new Codec(96, "opus", 48_000, 2, "minptime=10;useinbandfec=1", List.of());
    private static final List<Codec> VIDEO = List.of(
            new Codec(104, "VP8", 90_000, 1, "", VIDEO_FEEDBACK),
            new Codec(
                    105,
                    "H264",
                    90_000,
                    1,
                    "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
                    VIDEO_FEEDBACK));

    private final String sessionName;
    private final LocalTransport transport;
    private final long sessionId;
    private final long version;
    private final String cname;
    private final Map<MediaKind, Long> ssrcs;

    /** @param sessionName the {@code s=} line */
    public Negotiator(String sessionName, LocalTransport transport) {
        this.sessionName = sessionName;
        this.transport = transport;
        this.sessionId = RANDOM.nextInt(1 << 30, Integer.MAX_VALUE);
        this.version = sessionId;
        this.cname = "grandstand-" + HexFormat.of().toHexDigits(RANDOM.nextInt());
        this.ssrcs = Map.of(MediaKind.AUDIO, randomSsrc() & ~1L, MediaKind.VIDEO, randomSsrc() | 1L);
    }

    private Negotiator(Negotiator before, LocalTransport transport) {
        this.sessionName = before.sessionName;
        this.transport = transport;
        this.sessionId = before.sessionId;
        this.version = before.version + 1;
        this.cname = before.cname;
        this.ssrcs = before.ssrcs;
    }

    /** For the same peer with the same sources, once ICE is to be restarted with these credentials (RFC 8839 section 4.4.1.1). */
    public Negotiator restarted(IceCredentials ours) {
        return new Negotiator(this, new LocalTransport(ours, transport.fingerprint()));
    }

    private static long randomSsrc() {
        return RANDOM.nextLong(1L << 32);
    }

    /** Our SSRC of a kind; those of the kinds differ. */
    public long ssrc(MediaKind kind) {
        return kind == MediaKind.AUDIO
                ? ssrcs.getOrDefault(MediaKind.AUDIO, 2L)
                : ssrcs.getOrDefault(MediaKind.VIDEO, 1L);
    }

    /** CNAME of our sources (RFC 3550 section 6.5.1). */
    public String cname() {
        return cname;
    }

    /**
     * Answers an offer.
     *
     * @throws SdpException if it is malformed, or offers usable media without the attributes that WebRTC requires
     */
    public Negotiation answer(String offerText) throws SdpException {
        SessionDescription offer = SessionDescription.parse(offerText);
        Set<Integer> accepted = acceptable(offer);
        var out = new SdpText().session(sessionName, sessionId, version);
        if (offer.mixedExtensions()) {
            out.attribute("extmap-allow-mixed");
        }
        if (!offer.msidSemantic().isEmpty()) {
            out.attribute("msid-semantic: " + offer.msidSemantic());
        }
        if (!offer.bundle().isEmpty()) {
            out.bundle(accepted.stream().map(i -> offer.media().get(i).mid()).toList());
        }
        var negotiated = new ArrayList<NegotiatedMedia>();
        for (int i = 0; i < offer.media().size(); i++) {
            MediaSection section = offer.media().get(i);
            var kind = section.kind();
            if (accepted.contains(i) && kind.isPresent()) {
                var media = negotiated(kind.get(), section, i);
                negotiated.add(media);
                accept(out, section, media);
            } else {
                reject(out, section);
            }
        }
        return new Negotiation(
                out.toString(),
                negotiated,
                remote(offer, accepted, false),
                offer.media().stream()
                        .flatMap(section -> section.candidates().stream())
                        .toList());
    }

    private NegotiatedMedia negotiated(MediaKind kind, MediaSection section, int index) {
        var direction = section.direction().reversed();
        return new NegotiatedMedia(
                kind,
                section.mid(),
                index,
                direction.sends(),
                direction.receives(),
                section.usableCodecs().stream().map(Codec::withUsableFeedback).toList(),
                section.extensionId(Extension.ABS_SEND_TIME),
                ssrc(kind),
                section.ssrcs());
    }

    /** Indexes of the sections that we can take: of each kind the first with a usable codec, all in one bundle. */
    private static Set<Integer> acceptable(SessionDescription description) {
        var taken = EnumSet.noneOf(MediaKind.class);
        var accepted = new LinkedHashSet<Integer>();
        for (int i = 0; i < description.media().size(); i++) {
            MediaSection section = description.media().get(i);
            boolean bundled = description.bundle().contains(section.mid()) || accepted.isEmpty();
            boolean usable = section.port() != 0 && !section.usableCodecs().isEmpty();
            var kind = section.kind();
            if (bundled && usable && kind.isPresent() && taken.add(kind.get())) {
                accepted.add(i);
            }
        }
        return accepted;
    }

    private void accept(SdpText out, MediaSection section, NegotiatedMedia media) {
        var formats = media.codecs().stream()
                .map(codec -> Integer.toString(codec.payloadType()))
                .toList();
        out.line("m=" + section.type() + " 1 " + section.protocol() + " " + String.join(" ", formats));
        if (media.absSendTimeId() > 0) {
            out.attribute("extmap:" + media.absSendTimeId() + " " + Extension.ABS_SEND_TIME);
        }
        out.attribute(section.direction().reversed().attribute());
        out.attribute("mid:" + section.mid());
        out.attribute("rtcp:9 IN IP4 0.0.0.0");
        out.codecs(media.codecs()).feedback(media.codecs());
        out.attribute("setup:" + section.setup().orElse(Setup.ACTPASS).answer().attribute());
        out.attribute("rtcp-mux");
        out.parameters(media.codecs());
        if (media.sending()) {
            // Not in Kurento's answers; without it a browser does not know that picture and sound belong together.
            out.attribute("msid:" + cname + " " + cname + "-" + section.type());
        }
        out.attribute("ssrc:" + media.localSsrc() + " cname:" + cname);
        out.transport(transport);
    }

    private void reject(SdpText out, MediaSection section) {
        out.line("m=" + section.type() + " 0 " + section.protocol() + " " + String.join(" ", section.formats()));
        out.attribute(section.direction().reversed().attribute());
        if (!section.mid().isEmpty()) {
            out.attribute("mid:" + section.mid());
        }
        out.attribute("rtcp:9 IN IP4 0.0.0.0");
        out.attribute("setup:" + section.setup().orElse(Setup.ACTPASS).answer().attribute());
        out.attribute("rtcp-mux");
        out.transport(transport);
    }

    /**
     * Makes an offer with mids {@code audio0} and {@code video0}.
     *
     * @param audio direction of the audio section, empty for none
     * @param video direction of the video section, empty for none
     */
    public String offer(Optional<Direction> audio, Optional<Direction> video) {
        var mids = new ArrayList<String>();
        audio.ifPresent(direction -> mids.add("audio0"));
        video.ifPresent(direction -> mids.add("video0"));
        var out = new SdpText().session(sessionName, sessionId, version).bundle(mids);
        audio.ifPresent(direction -> offerSection(out, MediaKind.AUDIO, List.of(OPUS), "audio", direction));
        video.ifPresent(direction -> offerSection(out, MediaKind.VIDEO, VIDEO, "video", direction));
        return out.toString();
    }

    private void offerSection(SdpText out, MediaKind kind, List<Codec> codecs, String type, Direction direction) {
        var formats = codecs.stream()
                .map(codec -> Integer.toString(codec.payloadType()))
                .toList();
        out.line("m=" + type + " 1 UDP/TLS/RTP/SAVPF " + String.join(" ", formats));
        out.attribute("setup:actpass");
        out.attribute("extmap:" + OFFERED_ABS_SEND_TIME + " " + Extension.ABS_SEND_TIME);
        out.codecs(codecs).parameters(codecs);
        out.attribute("rtcp:9 IN IP4 0.0.0.0");
        out.attribute("rtcp-mux");
        out.attribute(direction.attribute());
        out.attribute("mid:" + type + "0");
        out.feedback(codecs);
        if (direction.sends()) {
            out.attribute("msid:" + cname + " " + cname + "-" + type);
        }
        out.attribute("ssrc:" + ssrc(kind) + " cname:" + cname);
        out.transport(transport);
    }

    /**
     * Takes the answer to an offer that {@link #offer} made.
     *
     * @throws SdpException if it is malformed or does not fit the offer
     */
    public Negotiation accept(String offerText, String answerText) throws SdpException {
        SessionDescription offer = SessionDescription.parse(offerText);
        SessionDescription answer = SessionDescription.parse(answerText);
        if (answer.media().size() != offer.media().size()) {
            throw new SdpException("answer has " + answer.media().size() + " m-sections where the offer has "
                    + offer.media().size());
        }
        Set<Integer> accepted = acceptable(answer);
        var negotiated = new ArrayList<NegotiatedMedia>();
        for (int i : accepted) {
            MediaSection ours = offer.media().get(i);
            MediaSection theirs = answer.media().get(i);
            if (!ours.type().equals(theirs.type())) {
                throw new SdpException("answer's m-section " + i + " is " + theirs.type() + ", not " + ours.type());
            }
            var media = negotiated(theirs.kind().orElseThrow(), theirs, i);
            negotiated.add(new NegotiatedMedia(
                    media.kind(),
                    media.mid(),
                    i,
                    media.sending() && ours.direction().sends(),
                    media.receiving() && ours.direction().receives(),
                    media.codecs(),
                    media.absSendTimeId(),
                    media.localSsrc(),
                    media.remoteSsrcs()));
        }
        return new Negotiation(
                offerText,
                negotiated,
                remote(answer, accepted, true),
                answer.media().stream()
                        .flatMap(section -> section.candidates().stream())
                        .toList());
    }

    private static Optional<RemoteTransport> remote(
            SessionDescription description, Set<Integer> accepted, boolean weOffered) throws SdpException {
        if (accepted.isEmpty()) {
            return Optional.empty();
        }
        MediaSection section = description.media().get(accepted.iterator().next());
        String ufrag = required(section.iceUfrag(), "ice-ufrag");
        String password = required(section.icePassword(), "ice-pwd");
        Fingerprint fingerprint = required(section.fingerprint(), "a sha-256 fingerprint");
        if (ufrag.length() < 4 || password.length() < 22) {
            throw new SdpException("ice-ufrag or ice-pwd is too short");
        }
        for (int index : accepted) {
            if (!description.media().get(index).rtcpMux()) {
                throw new SdpException("m-section " + index + " has no rtcp-mux");
            }
        }
        Setup theirs = section.setup().orElse(weOffered ? Setup.ACTIVE : Setup.ACTPASS);
        Role role = theirs == Setup.ACTIVE ? Role.SERVER : Role.CLIENT;
        return Optional.of(new RemoteTransport(ufrag, password, fingerprint, role, weOffered));
    }

    private static <T> T required(Optional<T> value, String what) throws SdpException {
        return value.orElseThrow(() -> new SdpException("m-section without " + what));
    }
}
