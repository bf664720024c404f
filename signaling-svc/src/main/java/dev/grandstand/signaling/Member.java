package dev.grandstand.signaling;

import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.StreamId;

/** A session as its room sees it. */
interface Member {

    /** News of the room. */
    void send(Frame frame);

    /** The room's late news is to be told now. */
    void hear();

    /** Whether the member has the chat's history, so that messages after it are news. */
    boolean hasChatHistory();

    /** A stream comes from another endpoint; whoever watches it is led there without being asked. */
    void onStreamMoved(StreamId stream, MediaLocation source);

    /** A stream ended: a connection that watches it has nothing to show. */
    void onStreamStopped(StreamId stream, StopReason reason);

    /** The room is not on this node any more, and nobody's seat. */
    void onEdgeGone(NodeRef node);

    /** A stream does not arrive on a node any more, where the member may be watching it. */
    void onLinkEnded(StreamId stream, NodeRef node);

    /** A moderator silenced the member in the chat, or lets them speak again. */
    void onChatMuted(boolean muted);

    /** The participant is back over a connection, which may be this member's. */
    void onResumed(ConnectionId connection);

    /** Room-svc took the member for disconnected. */
    void onTakenForDisconnected();

    /** The member is not in the room any more, and not by its own wish. */
    void onRemoved(LeaveReason reason);
}
