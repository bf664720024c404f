package dev.grandstand.e2e.security;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Hears what must never be logged because of what a client sends: errors, and stack traces of any level. */
final class LogWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    /** Ours, and what is between the socket and us; Kafka has its own troubles. */
    private static final List<String> HEARD = List.of("dev.grandstand", "io.vertx", "io.netty", "com.fasterxml");

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Queue<String> troubles = new ConcurrentLinkedQueue<>();

    LogWatch() {
        start();
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        var isTrouble = event.getLevel().isGreaterOrEqual(Level.ERROR) || event.getThrowableProxy() != null;
        if (isTrouble && HEARD.stream().anyMatch(event.getLoggerName()::startsWith)) {
            var cause = event.getThrowableProxy();
            troubles.add(event + (cause == null ? "" : ": " + cause.getClassName() + ": " + cause.getMessage()));
        }
    }

    /** Each once. */
    Stream<String> troubles() {
        return troubles.stream().distinct();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
    }
}
