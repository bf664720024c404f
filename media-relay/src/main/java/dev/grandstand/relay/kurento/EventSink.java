package dev.grandstand.relay.kurento;

/** Where a session's events go: the connection that the session is bound to at the moment. */
interface EventSink {

    /** Sends one encoded message; never blocks, and closes the connection if its client does not keep up. */
    void send(String message);

    /** Another connection speaks for the session now. */
    void sessionTaken();
}
