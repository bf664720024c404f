package dev.grandstand.allocator;

import dev.grandstand.servicekit.Launch;

/** Runs media-allocator-svc as a process of its own. */
public final class Main {

    private Main() {}

    /** Configured by variables, see {@link AllocatorConfig}. */
    public static void main(String[] arguments) {
        Launch.main(AllocatorConfig::from, AllocatorService::new);
    }
}
