package dev.grandstand.signaling;

import dev.grandstand.protocol.ClientKey;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Grants;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.SeatPriority;
import dev.grandstand.protocol.client.ClientMessage;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a join is let through to room-svc, and as whom. */
interface Admission {

    /** Fails with a {@link Refusal}, whose code is {@code unauthorized}, if it is not. */
    Future<Admitted> admit(ClientMessage.Join join);

    /**
     * As whom somebody comes in.
     *
     * @param name what others see
     * @param role in which role
     * @param grants what they may do; null leaves it to room-svc's rule for rooms without tokens
     * @param key by what they are known again, if by anything
     * @param priority before whom they are seated when seats are short; null for everybody's
     */
    record Admitted(
            DisplayName name,
            Role role,
            @Nullable Grants grants,
            @Nullable ClientKey key,
            @Nullable SeatPriority priority) {}

    /** Whether anybody is let in, as whoever they say they are; pages then say so. */
    default boolean isOpen() {
        return false;
    }

    /** Everybody, as whoever they say they are: for a laptop, and for rooms whose address is the secret. */
    static Admission open() {
        return new Open();
    }

    /** Asks nobody for anything. */
    record Open() implements Admission {

        @Override
        public Future<Admitted> admit(ClientMessage.Join join) {
            return Future.succeededFuture(
                    new Admitted(join.name(), Optional.ofNullable(join.role()).orElse(Role.VIEWER), null, null, null));
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }
}
