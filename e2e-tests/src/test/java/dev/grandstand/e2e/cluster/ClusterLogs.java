package dev.grandstand.e2e.cluster;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** When a test fails, the end of each process's log is printed. */
public final class ClusterLogs implements TestExecutionExceptionHandler {

    private final Supplier<@Nullable Cluster> cluster;

    /** @param cluster of the test; null if it has not started */
    public ClusterLogs(Supplier<@Nullable Cluster> cluster) {
        this.cluster = cluster;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext test, Throwable failure) throws Throwable {
        var running = cluster.get();
        if (running != null) {
            running.printLogs();
        }
        throw failure;
    }
}
