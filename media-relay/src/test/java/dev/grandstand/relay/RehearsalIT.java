package dev.grandstand.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RehearsalIT {

    @Test
    @Timeout(60)
    void aRoomIsPlayedThroughAndNothingIsLeftOfIt() throws Exception {
        var vertx = Vertx.vertx();
        try {
            new Rehearsal(vertx).run();

            assertThat(vertx.deploymentIDs()).isEmpty();
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }
}
