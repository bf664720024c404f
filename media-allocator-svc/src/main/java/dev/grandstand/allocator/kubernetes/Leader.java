package dev.grandstand.allocator.kubernetes;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the lease, and where it listens as long as it lives. It stands in an annotation of the Lease, with the holder's name,
 * since an allocator that names no address leaves there what its predecessor wrote.
 *
 * @param holder its identity
 * @param host its address; may be one of IPv6
 * @param port at which it takes connections
 */
record Leader(String holder, String host, int port) {

    /** The annotation. */
    static final String ANNOTATION = "grandstand.dev/leader";

    private static final String AT = "@";

    /** As {@link #read} reads it: {@code holder@host:port}. */
    String written() {
        return holder + AT + host + ":" + port;
    }

    /** Empty if the text does not say where this holder is. */
    static Optional<Leader> read(@Nullable String holder, @Nullable String annotation) {
        if (holder == null || annotation == null || !annotation.startsWith(holder + AT)) {
            return Optional.empty();
        }
        int host = holder.length() + AT.length();
        int colon = annotation.lastIndexOf(':');
        if (colon <= host || !annotation.substring(colon + 1).matches("[1-9][0-9]{0,4}")) {
            return Optional.empty();
        }
        return Optional.of(new Leader(
                holder, annotation.substring(host, colon), Integer.parseInt(annotation.substring(colon + 1))));
    }
}
