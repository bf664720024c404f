package dev.grandstand.chat;

import dev.grandstand.servicekit.Launch;

/** Runs chat-svc as a process of its own. */
public final class Main {

    private Main() {}

    /** Configured by variables, see {@link ChatConfig}. */
    public static void main(String[] arguments) {
        Launch.main(ChatConfig::from, ChatService::new);
    }
}
