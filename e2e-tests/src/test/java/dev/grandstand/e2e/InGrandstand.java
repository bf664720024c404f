package dev.grandstand.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives a test its {@link Venue}. System and browsers are started once for all tests and stopped after the last. When a
 * test fails, {@code target/screenshots/failed} tells what everybody saw, and the failure itself what their pages knew.
 */
public final class InGrandstand implements ParameterResolver, AfterEachCallback, TestExecutionExceptionHandler {

    private static final Namespace NAMESPACE = Namespace.create(InGrandstand.class);
    private static final Path FAILED = Path.of("target", "screenshots", "failed");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Venue.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        Venue.class,
                        missing -> new Venue(
                                once(test, RunningSystem.class, RunningSystem::start),
                                once(test, Browsers.class, Browsers::new)),
                        Venue.class);
    }

    /** From the first test that asks to the end of the run; JUnit closes what stands in its root store. */
    private static <T extends AutoCloseable> T once(ExtensionContext test, Class<T> type, Callable<T> start) {
        var kept = test.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        type,
                        missing -> {
                            try {
                                return new UntilTheEnd<>(start.call());
                            } catch (Exception e) {
                                throw new IllegalStateException(e.getMessage(), e);
                            }
                        },
                        UntilTheEnd.class);
        return type.cast(kept.what());
    }

    private record UntilTheEnd<T extends AutoCloseable>(T what) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            what.close();
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext test, Throwable failure) throws Throwable {
        var venue = test.getStore(NAMESPACE).get(Venue.class, Venue.class);
        if (venue != null) {
            var name = test.getRequiredTestClass().getSimpleName() + "."
                    + test.getRequiredTestMethod().getName();
            venue.visitors().forEach(visitor -> report(name, visitor, failure));
        }
        throw failure;
    }

    private static void report(String test, Visitor visitor, Throwable failure) {
        try {
            Files.createDirectories(FAILED);
            var picture = FAILED.resolve(test + "-" + visitor.name() + ".png");
            visitor.screenshot(picture);
            failure.addSuppressed(new Seen(visitor, picture));
        } catch (RuntimeException | IOException e) {
            // A page that was killed on purpose has nothing to tell; what counts is why the test failed.
            failure.addSuppressed(e);
        }
    }

    /** Travels with the failure, so that it is read wherever the failure is. */
    private static final class Seen extends Exception {

        private static final long serialVersionUID = 1L;

        Seen(Visitor visitor, Path picture) {
            super(visitor.name() + " saw " + picture + ": " + visitor.state(), null, false, false);
        }
    }

    @Override
    public void afterEach(ExtensionContext test) throws Exception {
        var venue = test.getStore(NAMESPACE).remove(Venue.class, Venue.class);
        if (venue != null) {
            venue.close();
        }
    }
}
