package dev.grandstand.allinone;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret of the resume tokens where nobody configured one: made up once and kept in the data folder, readable by its
 * owner only, so that clients come back after a restart.
 */
final class KeptSecret {

    private static final String FILE = "secret";
    private static final int BYTES = 32;

    /** What signaling-svc takes for a secret at the least, in characters. */
    private static final int SHORTEST = 32;

    private KeptSecret() {}

    /** @throws IOException if it can be neither read nor written, or is no secret */
    static String in(Path dataDir) throws IOException {
        Files.createDirectories(dataDir);
        var file = dataDir.resolve(FILE);
        if (!Files.exists(file)) {
            keep(file);
        }
        forOwnerOnly(file);
        var secret = Files.readString(file).strip();
        if (secret.length() < SHORTEST) {
            throw new IOException(file + " is no secret; delete it, and a new one is made");
        }
        return secret;
    }

    /** All of it or nothing, and never for a moment readable by others. */
    private static void keep(Path file) throws IOException {
        var random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        var fresh = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".new");
        forOwnerOnly(fresh);
        Files.writeString(fresh, Base64.getEncoder().encodeToString(random) + "\n");
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file);
        }
    }

    private static void forOwnerOnly(Path file) throws IOException {
        var posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        // Elsewhere the folder is in its owner's home, which others cannot read.
        if (posix != null) {
            posix.setPermissions(PosixFilePermissions.fromString("rw-------"));
        }
    }
}
