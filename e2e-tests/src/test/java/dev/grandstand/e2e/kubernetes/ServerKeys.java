package dev.grandstand.e2e.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What an API server signs the tokens of service accounts with: a private and a public key in PEM files (RFC 7468). */
record ServerKeys(Path signing, Path verifying) {

    private static final int BITS = 2048;
    private static final int LINE = 64;

    static ServerKeys in(Path folder) throws IOException {
        var pair = generate();
        var keys = new ServerKeys(folder.resolve("service-accounts.key"), folder.resolve("service-accounts.pub"));
        write(keys.signing, "PRIVATE KEY", pair.getPrivate().getEncoded());
        write(keys.verifying, "PUBLIC KEY", pair.getPublic().getEncoded());
        return keys;
    }

    private static KeyPair generate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    private static void write(Path file, String what, byte[] key) throws IOException {
        var body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(key);
        Files.writeString(file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, body, what));
    }
}
