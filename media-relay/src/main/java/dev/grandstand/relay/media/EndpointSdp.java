package dev.grandstand.relay.media;

import dev.grandstand.relay.media.NegotiationRefused.Reason;
import dev.grandstand.webrtc.RemoteTransport;
import dev.grandstand.webrtc.RtcNode.PortUse;
import dev.grandstand.webrtc.RtcTransport;
import dev.grandstand.webrtc.dtls.Fingerprint;
import dev.grandstand.webrtc.ice.IceCredentials;
import dev.grandstand.webrtc.sdp.Direction;
import dev.grandstand.webrtc.sdp.LocalTransport;
import dev.grandstand.webrtc.sdp.Negotiation;
import dev.grandstand.webrtc.sdp.Negotiator;
import dev.grandstand.webrtc.sdp.SdpException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The descriptions of one endpoint and the order in which they may come. Any thread: descriptions are read and written on
 * the caller's, so that a hundred joining viewers do not hold up the packets of those who watch.
 */
final class EndpointSdp {

    private final String sessionName;
    private final Supplier<Fingerprint> fingerprint;
    private final Function<PortUse, RtcTransport> transports;
    private @Nullable RtcTransport transport;
    private @Nullable Negotiator negotiator;
    private @Nullable String local;
    private @Nullable String remote;
    private boolean offered;
    private @Nullable Negotiation agreed;

    /**
     * What an offer and its answer came to.
     *
     * @param restart our new credentials if they only restart ICE
     */
    record Negotiated(Negotiation outcome, Optional<IceCredentials> restart) {}

    /**
     * @param fingerprint of our certificate, which may still be in the making
     * @param transports makes the endpoint's transport; called once at most
     */
    EndpointSdp(String sessionName, Supplier<Fingerprint> fingerprint, Function<PortUse, RtcTransport> transports) {
        this.sessionName = sessionName;
        this.fingerprint = fingerprint;
        this.transports = transports;
    }

    /** A peer's second offer restarts ICE, and may ask for nothing else. */
    synchronized Negotiated processOffer(String sdp) throws NegotiationRefused {
        Negotiation before = agreed;
        if (before != null && !offered) {
            return restart(before, sdp);
        }
        refuse(offered || answered(), Reason.ALREADY_NEGOTIATED, "Endpoint already negotiated");
        try {
            return new Negotiated(complete(negotiator(PortUse.SHARED).answer(sdp), sdp), Optional.empty());
        } catch (SdpException e) {
            throw new NegotiationRefused(Reason.BAD_SDP, "Invalid SDP: " + e.getMessage());
        }
    }

    /** By the description, a restart has the same peer (its certificate), the same media and new credentials. */
    private Negotiated restart(Negotiation before, String sdp) throws NegotiationRefused {
        var ours = IceCredentials.random();
        Negotiator anew = negotiator(PortUse.SHARED).restarted(ours);
        Negotiation negotiation;
        try {
            negotiation = anew.answer(sdp);
        } catch (SdpException e) {
            throw new NegotiationRefused(Reason.BAD_SDP, "Invalid SDP: " + e.getMessage());
        }
        boolean isRestart = negotiation.media().equals(before.media())
                && negotiation
                        .remote()
                        .filter(peer -> isRestartOf(before, peer))
                        .isPresent();
        refuse(!isRestart, Reason.ALREADY_NEGOTIATED, "Endpoint already negotiated");
        negotiator = anew;
        return new Negotiated(complete(negotiation, sdp), Optional.of(ours));
    }

    private static boolean isRestartOf(Negotiation before, RemoteTransport now) {
        return before.remote()
                .filter(then -> then.fingerprint().equals(now.fingerprint())
                        && !then.ufrag().equals(now.ufrag()))
                .isPresent();
    }

    synchronized String generateOffer(boolean audio, boolean video) throws NegotiationRefused {
        refuse(offered || answered(), Reason.ALREADY_NEGOTIATED, "Endpoint already negotiated");
        offered = true;
        String offer = negotiator(PortUse.OWN).offer(direction(audio), direction(video));
        local = offer;
        return offer;
    }

    private static Optional<Direction> direction(boolean wanted) {
        return wanted ? Optional.of(Direction.SENDRECV) : Optional.empty();
    }

    synchronized Negotiated processAnswer(String sdp) throws NegotiationRefused {
        String offer = local;
        if (!offered || offer == null) {
            throw new NegotiationRefused(
                    Reason.ANSWER_WITHOUT_OFFER, "Offer not generated. It is not possible to process an answer.");
        }
        refuse(answered(), Reason.ALREADY_NEGOTIATED, "Endpoint already negotiated");
        try {
            return new Negotiated(complete(negotiator(PortUse.OWN).accept(offer, sdp), sdp), Optional.empty());
        } catch (SdpException e) {
            throw new NegotiationRefused(Reason.BAD_SDP, "Invalid SDP: " + e.getMessage());
        }
    }

    private Negotiation complete(Negotiation negotiation, String theirs) {
        agreed = negotiation;
        local = negotiation.localDescription();
        remote = theirs;
        return negotiation;
    }

    private boolean answered() {
        return agreed != null;
    }

    private static void refuse(boolean when, Reason reason, String message) throws NegotiationRefused {
        if (when) {
            throw new NegotiationRefused(reason, message);
        }
    }

    private Negotiator negotiator(PortUse use) {
        if (negotiator == null) {
            RtcTransport made = transports.apply(use);
            transport = made;
            negotiator = new Negotiator(sessionName, new LocalTransport(made.credentials(), fingerprint.get()));
        }
        return negotiator;
    }

    synchronized String localDescription() throws NegotiationRefused {
        RtcTransport made = transport;
        if (local == null || made == null) {
            throw new NegotiationRefused(Reason.NO_LOCAL_SDP, "No local SDP");
        }
        return DescriptionWithCandidates.of(local, made.localCandidates());
    }

    synchronized String remoteDescription() throws NegotiationRefused {
        if (remote == null) {
            throw new NegotiationRefused(Reason.NO_REMOTE_SDP, "No remote SDP");
        }
        return remote;
    }

    /** The mids of an offer that waits for its answer, in the order of its sections; empty if there is none. */
    synchronized List<String> offeredMids() {
        if (!offered || local == null) {
            return List.of();
        }
        return local.lines()
                .filter(line -> line.startsWith("a=mid:"))
                .map(line -> line.substring("a=mid:".length()))
                .toList();
    }

    /** CNAME of our sources; empty before negotiation. */
    synchronized Optional<String> cname() {
        return Optional.ofNullable(negotiator).map(Negotiator::cname);
    }
}
