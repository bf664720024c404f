package dev.grandstand.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.webrtc.IceState;
import dev.grandstand.webrtc.net.LocalSocket;
import dev.grandstand.webrtc.net.MediaLoop;
import dev.grandstand.webrtc.net.UdpPort;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidateType;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.NominationStrategy;
import org.ice4j.ice.RemoteCandidate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our agent meets ice4j's, in either role. ice4j knows no loopback candidates, so this needs a network interface. */
class IceInteroperabilityIT {

    private static final Logger ICE4J = Logger.getLogger("org");

    private final MediaLoop loop = new MediaLoop();
    private final List<IceState> states = new CopyOnWriteArrayList<>();
    private final UdpPort port = UdpPort.open(loop, 0, true, this::unrouted);
    private final IceAgent ours =
            loop.call(() -> new IceAgent(loop, port, IceCredentials.random(), this::datagram, new Recorder()));

    private final Agent theirs = new Agent();

    private final class Recorder implements IceListener {
        @Override
        public void iceState(IceState state) {
            states.add(state);
        }

        @Override
        public void pathSelected(IcePath path, CandidateLine local, CandidateLine remote) {
            assertThat(path.remote()).isEqualTo(remote.address());
        }
    }

    @BeforeAll
    static void keepIce4jQuietAndAwayFromTheCloud() {
        ICE4J.setLevel(Level.WARNING);
        System.setProperty("ice4j.harvest.mapping.aws.enabled", "false");
    }

    @AfterEach
    void close() {
        theirs.free();
        loop.call(() -> {
            ours.close();
            return true;
        });
        port.close();
        loop.close();
    }

    private void datagram(LocalSocket socket, InetSocketAddress from, byte[] buffer, int offset, int length) {
        ours.stun(socket, from, buffer, offset, length);
    }

    private void unrouted(LocalSocket socket, InetSocketAddress from, byte[] buffer, int offset, int length) {
        if (StunRequests.addressedUfrag(buffer, offset, length)
                .filter(ours.credentials().ufrag()::equals)
                .isPresent()) {
            datagram(socket, from, buffer, offset, length);
        }
    }

    private void meet(boolean weControl, boolean theyControl, boolean tellUsTheirCandidates) throws Exception {
        theirs.setControlling(theyControl);
        theirs.setNominationStrategy(NominationStrategy.NOMINATE_FIRST_VALID);
        var stream = theirs.createMediaStream("media");
        Component component = theirs.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, false);
        assertThat(component.getLocalCandidates()).as("ice4j's candidates").isNotEmpty();
        stream.setRemoteUfrag(ours.credentials().ufrag());
        stream.setRemotePassword(ours.credentials().password());
        for (CandidateLine line : ours.localCandidates()) {
            component.addRemoteCandidate(new RemoteCandidate(
                    new TransportAddress(line.address(), Transport.UDP),
                    component,
                    CandidateType.HOST_CANDIDATE,
                    line.foundation(),
                    line.priority(),
                    null));
        }
        loop.call(() -> {
            ours.start(theirs.getLocalUfrag(), theirs.getLocalPassword(), weControl);
            if (tellUsTheirCandidates) {
                for (LocalCandidate candidate : component.getLocalCandidates()) {
                    CandidateLine.parse("candidate:1 1 udp " + candidate.getPriority() + " "
                                    + candidate.getTransportAddress().getHostAddress() + " "
                                    + candidate.getTransportAddress().getPort() + " typ host")
                            .ifPresent(ours::addRemote);
                }
            }
            return true;
        });
        theirs.startConnectivityEstablishment();
    }

    private void awaitConnected() {
        await().atMost(Duration.ofSeconds(15)).until(() -> states.contains(IceState.READY));
        await().atMost(Duration.ofSeconds(15))
                .until(() -> theirs.getState() == IceProcessingState.COMPLETED
                        || theirs.getState() == IceProcessingState.TERMINATED);
    }

    @Test
    void controlledAndKnowingNothingOfThePeersAddresses() throws Exception {
        meet(false, true, false);

        awaitConnected();
        assertThat(states).startsWith(IceState.CONNECTING, IceState.CONNECTED, IceState.READY);
    }

    @Test
    void controlling() throws Exception {
        meet(true, false, true);

        awaitConnected();
    }

    @Test
    void aRoleConflictIsSettled() throws Exception {
        meet(true, true, true);

        awaitConnected();
    }
}
