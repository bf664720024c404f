package dev.grandstand.allocator.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.net.HttpURLConnection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock that says once that the API server does not answer, and once that it does again. The elector that uses it would say so
 * with a stack trace at every attempt, and is silenced in {@code logback.xml}.
 */
final class ObservedLock implements Lock {

    private static final Logger LOG = LoggerFactory.getLogger(ObservedLock.class);

    private final Lock lock;
    private boolean away;

    ObservedLock(Lock lock) {
        this.lock = lock;
    }

    @Override
    public @Nullable LeaderElectionRecord get(KubernetesClient client) {
        return observed(() -> lock.get(client));
    }

    @Override
    public void create(KubernetesClient client, LeaderElectionRecord record) {
        observed(() -> {
            lock.create(client, record);
            return record;
        });
    }

    @Override
    public void update(KubernetesClient client, LeaderElectionRecord record) {
        observed(() -> {
            lock.update(client, record);
            return record;
        });
    }

    private synchronized @Nullable LeaderElectionRecord observed(Supplier<@Nullable LeaderElectionRecord> call) {
        try {
            var answer = call.get();
            answers();
            return answer;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                // Another was quicker; that is an answer.
                answers();
            } else if (!away) {
                away = true;
                LOG.atWarn()
                        .addKeyValue("lease", describe())
                        .addKeyValue("reason", e.getMessage())
                        .log("the lease can be neither read nor renewed; nobody new can lead until it can");
            }
            throw e;
        }
    }

    private void answers() {
        if (away) {
            away = false;
            LOG.atInfo().addKeyValue("lease", describe()).log("the lease can be read again");
        }
    }

    @Override
    public String identity() {
        return lock.identity();
    }

    @Override
    public String describe() {
        return lock.describe();
    }
}
