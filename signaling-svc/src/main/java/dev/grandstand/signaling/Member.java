package dev.grandstand.signaling;

import dev.grandstand.protocol.StreamId;

/** A session as its room sees it. */
interface Member {

    /** News of the room. */
    void send(Frame frame);

    /** Whether the member has the chat's history, so that messages after it are news. */
    boolean hasChatHistory();

    /** A stream ended: a connection that watches it has nothing to show. */
    void onStreamStopped(StreamId stream);

    /** The room's media node is gone, and the seats on it. */
    void onRoomMediaLost();
}
