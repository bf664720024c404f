package dev.grandstand.webrtc.dtls;

import dev.grandstand.webrtc.srtp.SrtpKeys;
import dev.grandstand.webrtc.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClient;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServer;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.jspecify.annotations.Nullable;

/**
 * Our side of one handshake, as client or as server: DTLS 1.2 with ECDHE and AES-GCM, {@code use_srtp} required, and the
 * peer's certificate accepted if and only if its fingerprint is the announced one.
 *
 * <p>Longer than most classes here because Bouncy Castle wants a subclass for each role, and the two share everything
 * else.
 */
final class DtlsPeer {

    private static final byte[] NO_MKI = new byte[0];
    private static final int HANDSHAKE_TIMEOUT_MILLIS = 20_000;
    private final DtlsIdentity identity;
    private final Fingerprint expected;
    private final int resendMillis;
    private @Nullable SrtpProfile profile;
    private @Nullable SrtpKeys keys;
    private volatile boolean closedByPeer;

    DtlsPeer(DtlsIdentity identity, Fingerprint expected, int resendMillis) {
        this.identity = identity;
        this.expected = expected;
        this.resendMillis = resendMillis;
    }

    TlsClient asClient() {
        return new Client();
    }

    TlsServer asServer() {
        return new Server();
    }

    /** The keys, once the handshake is complete. */
    SrtpKeys keys() {
        if (keys == null) {
            throw new IllegalStateException("handshake not complete");
        }
        return keys;
    }

    boolean closedByPeer() {
        return closedByPeer;
    }

    private void verify(@Nullable Certificate chain) throws IOException {
        if (chain == null
                || chain.isEmpty()
                || !expected.matches(chain.getCertificateAt(0).getEncoded())) {
            throw new TlsFatalAlert(
                    AlertDescription.bad_certificate, "certificate does not have the announced fingerprint");
        }
    }

    private TlsCredentialedSigner signer(TlsContext context) {
        return new JcaDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                identity.crypto,
                identity.privateKey,
                identity.chain,
                new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    private void exportKeys(TlsContext context, boolean client) throws IOException {
        SrtpProfile agreed = profile;
        if (agreed == null) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "peer does not speak SRTP");
        }
        keys = new SrtpKeys(
                agreed,
                context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, SrtpKeys.exportLength(agreed)),
                client);
    }

    private void alertReceived(short description) {
        if (description == AlertDescription.close_notify) {
            closedByPeer = true;
        }
    }

    private static int[] profileNumbers() {
        var all = SrtpProfile.values();
        int[] numbers = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            numbers[i] = all[i].number();
        }
        return numbers;
    }

    private final class Client extends DefaultTlsClient {

        Client() {
            super(identity.crypto);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {
                CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
            };
        }

        @Override
        protected Vector<Integer> getSupportedGroups(Vector namedGroupRoles) {
            var groups = new Vector<Integer>();
            groups.add(NamedGroup.secp256r1);
            return groups;
        }

        @Override
        public int getHandshakeTimeoutMillis() {
            return HANDSHAKE_TIMEOUT_MILLIS;
        }

        @Override
        public int getHandshakeResendTimeMillis() {
            return resendMillis;
        }

        @Override
        public boolean shouldCheckSigAlgOfPeerCerts() {
            return false;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
            Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
            TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profileNumbers(), NO_MKI));
            return extensions;
        }

        @Override
        public void processServerExtensions(Hashtable serverExtensions) throws IOException {
            super.processServerExtensions(serverExtensions);
            UseSRTPData chosen = TlsSRTPUtils.getUseSRTPExtension(serverExtensions);
            if (chosen != null && chosen.getProtectionProfiles().length == 1) {
                profile =
                        SrtpProfile.ofNumber(chosen.getProtectionProfiles()[0]).orElse(null);
            }
            if (profile == null) {
                throw new TlsFatalAlert(AlertDescription.illegal_parameter, "no usable SRTP profile was chosen");
            }
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
                    verify(certificate.getCertificate());
                }

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) {
                    return signer(context);
                }
            };
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            exportKeys(context, true);
        }

        @Override
        public void notifyAlertReceived(short level, short description) {
            alertReceived(description);
        }
    }

    private final class Server extends DefaultTlsServer {

        Server() {
            super(identity.crypto);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
        }

        @Override
        public int getHandshakeTimeoutMillis() {
            return HANDSHAKE_TIMEOUT_MILLIS;
        }

        @Override
        public int getHandshakeResendTimeMillis() {
            return resendMillis;
        }

        @Override
        public boolean shouldCheckSigAlgOfPeerCerts() {
            return false;
        }

        @Override
        protected TlsCredentialedSigner getECDSASignerCredentials() {
            return signer(context);
        }

        @Override
        public CertificateRequest getCertificateRequest() {
            return new CertificateRequest(
                    new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
                    TlsUtils.getDefaultSupportedSignatureAlgorithms(context),
                    null);
        }

        @Override
        public void notifyClientCertificate(Certificate certificate) throws IOException {
            verify(certificate);
        }

        @Override
        public void processClientExtensions(Hashtable clientExtensions) throws IOException {
            super.processClientExtensions(clientExtensions);
            UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(clientExtensions);
            if (offered != null) {
                for (SrtpProfile ours : SrtpProfile.values()) {
                    for (int theirs : offered.getProtectionProfiles()) {
                        if (profile == null && theirs == ours.number()) {
                            profile = ours;
                        }
                    }
                }
            }
            if (profile == null) {
                throw new TlsFatalAlert(AlertDescription.illegal_parameter, "peer offers no usable SRTP profile");
            }
        }

        @Override
        @SuppressWarnings("unchecked")
        public Hashtable<Integer, byte[]> getServerExtensions() throws IOException {
            Hashtable<Integer, byte[]> extensions = super.getServerExtensions();
            SrtpProfile agreed = profile;
            if (agreed != null) {
                TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(new int[] {agreed.number()}, NO_MKI));
            }
            return extensions;
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            exportKeys(context, false);
        }

        @Override
        public void notifyAlertReceived(short level, short description) {
            alertReceived(description);
        }
    }
}
