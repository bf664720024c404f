package dev.grandstand.webrtc.dtls;

import dev.grandstand.webrtc.dtls.DtlsAssociation.Role;
import dev.grandstand.webrtc.srtp.SrtpKeys;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A handshake with oneself, in memory: it loads what the first real peer would otherwise have to wait for. */
public final class HandshakeRehearsal {

    /** Nothing is lost here, and loading classes takes its time. */
    private static final Duration LONG = Duration.ofSeconds(1);

    private static final int LIMIT_SECONDS = 10;

    private HandshakeRehearsal() {}

    /** Returns whether both sides came to an agreement. */
    public static boolean run(DtlsIdentity identity) {
        var done = new CountDownLatch(2);
        var agreed = new CountDownLatch(2);
        var toServer = new Wire();
        var toClient = new Wire();
        var outcome = new Outcome(agreed, done);
        var client = new DtlsAssociation(Role.CLIENT, identity, identity.fingerprint(), LONG, toServer, outcome);
        var server = new DtlsAssociation(Role.SERVER, identity, identity.fingerprint(), LONG, toClient, outcome);
        toServer.end = server;
        toClient.end = client;
        server.start();
        client.start();
        try {
            boolean complete = agreed.await(LIMIT_SECONDS, TimeUnit.SECONDS);
            client.close();
            server.close();
            return done.await(1, TimeUnit.SECONDS) && complete;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static final class Wire implements DtlsAssociation.Sender {

        private volatile @Nullable DtlsAssociation end;

        @Override
        public void send(byte[] datagram) {
            DtlsAssociation to = end;
            if (to != null) {
                to.receive(datagram, 0, datagram.length);
            }
        }
    }

    private record Outcome(CountDownLatch agreed, CountDownLatch done) implements DtlsAssociation.Listener {

        @Override
        public void dtlsConnected(SrtpKeys keys) {
            agreed.countDown();
        }

        @Override
        public void dtlsClosed() {
            done.countDown();
        }

        @Override
        public void dtlsFailed(String reason) {
            done.countDown();
        }
    }
}
