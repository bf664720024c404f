package dev.grandstand.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.e2e.cluster.ClusterLogs;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * One {@link KubernetesShow} for all tests of a class. Whatever a test did, nobody was dropped, no seat was granted twice, and
 * no node that had a show was removed; when one fails, the end of each process's log is printed.
 */
public final class ShowOfTests
        implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, TestExecutionExceptionHandler {

    private final Callable<KubernetesShow> start;
    private final ClusterLogs logs = new ClusterLogs(() -> show().cluster());
    private @Nullable KubernetesShow show;

    /** @param start begins it; called before the first test */
    public ShowOfTests(Callable<KubernetesShow> start) {
        this.start = start;
    }

    /** While tests run. */
    public KubernetesShow show() {
        return Objects.requireNonNull(show, "not started");
    }

    @Override
    public void beforeAll(ExtensionContext tests) throws Exception {
        show = start.call();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        assertThat(show().ledger().wrong()).isEmpty();
        assertThat(show().ledger().lost()).as("seats lost with their node").isZero();
        assertThat(show().kubelet().endedLive()).isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext tests) throws Exception {
        if (show != null) {
            show.close();
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext test, Throwable failure) throws Throwable {
        logs.handleTestExecutionException(test, failure);
    }
}
