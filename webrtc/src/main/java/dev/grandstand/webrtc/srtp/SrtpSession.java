package dev.grandstand.webrtc.srtp;

import dev.grandstand.webrtc.rtp.Rtp;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.jitsi.srtp.BaseSrtpCryptoContext;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.srtp.crypto.JitsiOpenSslProvider;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Protects and unprotects the packets of one peer, in place. One thread at a time. */
public final class SrtpSession implements AutoCloseable {

    /** Room that must follow a packet in its array before it is protected: tag of 16 octets and SRTCP index of 4. */
    public static final int OVERHEAD = 20;

    /** More sources than any peer of ours has; authentic packets only get here, so this bounds a peer's mischief. */
    private static final int SOURCES = 32;

    private static final org.slf4j.Logger log = LoggerFactory.getLogger(SrtpSession.class);
    /** Kept, because a logger that nobody refers to forgets its level. */
    private static final java.util.logging.Logger JITSI_ROOT = java.util.logging.Logger.getLogger("org.jitsi");

    private static final Logger JITSI_LOG = new LoggerImpl(SrtpSession.class.getName());

    static {
        JITSI_ROOT.setLevel(Level.WARNING);
        // Without a choice jitsi-srtp benchmarks all providers for a second when the first peer connects.
        if (JitsiOpenSslProvider.isLoaded()) {
            Aes.setFactoryClassName(Aes.OpenSSLCipherFactory.class.getName());
        } else {
            Aes.setFactoryClassName(Aes.SunJCECipherFactory.class.getName());
            log.atWarn().log("OpenSSL for SRTP is not available on this platform, Java's ciphers are used");
        }
        JITSI_LOG.setLevelWarn();
    }

    private final SrtpContextFactory senders;
    private final SrtpContextFactory receivers;
    private final List<SrtpCryptoContext> sending = new ArrayList<>(2);
    private final List<Source> receiving = new ArrayList<>(2);
    private final List<SrtcpCryptoContext> sendingControl = new ArrayList<>(2);
    private final List<SrtcpCryptoContext> receivingControl = new ArrayList<>(2);
    private final PacketSlice slice = new PacketSlice();

    public SrtpSession(SrtpKeys keys) {
        var policy = keys.profile.policy();
        var media = keys.profile.policy();
        // ReplayWindow does that.
        media.setReceiveReplayEnabled(false);
        senders = new SrtpContextFactory(true, keys.sendKey, keys.sendSalt, policy, policy, JITSI_LOG);
        receivers = new SrtpContextFactory(false, keys.receiveKey, keys.receiveSalt, media, policy, JITSI_LOG);
    }

    /** Loads ciphers and classes ahead of the first peer, which should not wait for that. */
    public static void warmUp() {
        for (SrtpProfile profile : SrtpProfile.values()) {
            byte[] material = new byte[SrtpKeys.exportLength(profile)];
            try (var session = new SrtpSession(new SrtpKeys(profile, material, true))) {
                byte[] packet = new byte[100 + OVERHEAD];
                packet[0] = (byte) 0x80;
                session.protectRtp(packet, 0, 100);
                session.protectRtcp(packet, 0, 100);
            }
        }
    }

    /**
     * Encrypts and signs an RTP packet in place.
     *
     * @param buffer with {@link #OVERHEAD} octets free after the packet
     * @return the new length, or −1 if the cipher failed
     */
    public int protectRtp(byte[] buffer, int offset, int length) {
        try {
            int ssrc = readSsrc(buffer, offset + 8);
            SrtpCryptoContext context = find(sending, ssrc);
            if (context == null) {
                context = senders.deriveContext(ssrc, 0);
                rememberSender(sending, context);
            }
            slice.of(buffer, offset, length);
            return context.transformPacket(slice) == SrtpErrorStatus.OK ? slice.getLength() : -1;
        } catch (GeneralSecurityException e) {
            return failed(e);
        }
    }

    /**
     * Checks and decrypts an SRTP packet in place.
     *
     * @return the length of the RTP packet, or −1 if it is not authentic or was seen before
     */
    public int unprotectRtp(byte[] buffer, int offset, int length) {
        try {
            int ssrc = readSsrc(buffer, offset + 8);
            Source known = source(ssrc);
            Source source = known == null ? new Source(receivers.deriveContext(ssrc, 0), new ReplayWindow()) : known;
            int sequence = Rtp.sequence(buffer, offset);
            slice.of(buffer, offset, length);
            if (!source.seen.isNew(sequence)
                    || source.context.reverseTransformPacket(slice, false) != SrtpErrorStatus.OK) {
                return -1;
            }
            source.seen.add(sequence);
            if (known == null) {
                remember(receiving, source);
            }
            return slice.getLength();
        } catch (GeneralSecurityException e) {
            return failed(e);
        }
    }

    /** Like {@link #protectRtp} for an RTCP compound packet. */
    public int protectRtcp(byte[] buffer, int offset, int length) {
        try {
            int ssrc = readSsrc(buffer, offset + 4);
            SrtcpCryptoContext context = find(sendingControl, ssrc);
            if (context == null) {
                context = senders.deriveControlContext(ssrc);
                rememberSender(sendingControl, context);
            }
            slice.of(buffer, offset, length);
            return context.transformPacket(slice) == SrtpErrorStatus.OK ? slice.getLength() : -1;
        } catch (GeneralSecurityException e) {
            return failed(e);
        }
    }

    /** Like {@link #unprotectRtp} for an SRTCP packet. */
    public int unprotectRtcp(byte[] buffer, int offset, int length) {
        try {
            int ssrc = readSsrc(buffer, offset + 4);
            SrtcpCryptoContext known = find(receivingControl, ssrc);
            SrtcpCryptoContext context = known == null ? receivers.deriveControlContext(ssrc) : known;
            slice.of(buffer, offset, length);
            if (context.reverseTransformPacket(slice) != SrtpErrorStatus.OK) {
                return -1;
            }
            if (known == null) {
                remember(receivingControl, context);
            }
            return slice.getLength();
        } catch (GeneralSecurityException e) {
            return failed(e);
        }
    }

    private static int failed(GeneralSecurityException e) {
        log.atDebug().setCause(e).log("packet not processed");
        return -1;
    }

    private static int readSsrc(byte[] b, int at) {
        return (b[at] & 0xFF) << 24 | (b[at + 1] & 0xFF) << 16 | (b[at + 2] & 0xFF) << 8 | (b[at + 3] & 0xFF);
    }

    /** A peer has two sources as a rule; looking through a list beats hashing boxed keys. */
    private static <T extends BaseSrtpCryptoContext> @Nullable T find(List<T> contexts, int ssrc) {
        for (int i = 0; i < contexts.size(); i++) {
            T context = contexts.get(i);
            if (context.getSsrc() == ssrc) {
                return context;
            }
        }
        return null;
    }

    private @Nullable Source source(int ssrc) {
        for (int i = 0; i < receiving.size(); i++) {
            Source source = receiving.get(i);
            if (source.context.getSsrc() == ssrc) {
                return source;
            }
        }
        return null;
    }

    /** A sender's context is never dropped: a second one for its SSRC would use the same key stream again. */
    private static <T extends BaseSrtpCryptoContext> void rememberSender(List<T> contexts, T context) {
        if (contexts.size() == SOURCES) {
            throw new IllegalStateException("more than " + SOURCES + " sources are sent to one peer");
        }
        contexts.add(context);
    }

    private static <T> void remember(List<T> contexts, T context) {
        if (contexts.size() == SOURCES) {
            contexts.removeFirst();
        }
        contexts.add(context);
    }

    /** A source of the peer's media. */
    private record Source(SrtpCryptoContext context, ReplayWindow seen) {}

    /** Erases the master keys. */
    @Override
    public void close() {
        senders.close();
        receivers.close();
    }
}
