package dev.grandstand.webrtc.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/** A self-signed ECDSA P-256 certificate with its key, made anew for each process. */
public final class DtlsIdentity {

    final JcaTlsCrypto crypto;
    final PrivateKey privateKey;
    final Certificate chain;
    private final Fingerprint fingerprint;

    private DtlsIdentity(JcaTlsCrypto crypto, PrivateKey privateKey, Certificate chain, Fingerprint fingerprint) {
        this.crypto = crypto;
        this.privateKey = privateKey;
        this.chain = chain;
        this.fingerprint = fingerprint;
    }

    /** Makes a key and a certificate that is valid from yesterday for a year. */
    public static DtlsIdentity create() {
        try {
            var random = new SecureRandom();
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            var keys = generator.generateKeyPair();
            var name = new X500Name("CN=grandstand");
            var now = Instant.now();
            byte[] der = new X509v3CertificateBuilder(
                            name,
                            new BigInteger(64, random),
                            Date.from(now.minus(Duration.ofDays(1))),
                            Date.from(now.plus(Duration.ofDays(365))),
                            name,
                            SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
            JcaTlsCrypto crypto = new JcaTlsCryptoProvider().create(random);
            var chain = new Certificate(new TlsCertificate[] {crypto.createCertificate(der)});
            return new DtlsIdentity(crypto, keys.getPrivate(), chain, Fingerprint.of(der));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("this Java platform lacks P-256 or SHA-256", e);
        }
    }

    public Fingerprint fingerprint() {
        return fingerprint;
    }
}
