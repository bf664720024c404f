package dev.grandstand.signaling;

import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.StreamId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers what it was told. */
final class TestMember implements Member {

    final List<Frame> frames = new ArrayList<>();

    @Nullable
    LateNews late;

    long heard;
    final List<StreamId> stopped = new ArrayList<>();
    boolean chatHistory = true;
    boolean takenForDisconnected;
    boolean chatMuted;

    @Nullable
    ConnectionId resumed;

    @Nullable
    LeaveReason removed;

    @Nullable
    MediaLocation movedTo;

    String last() {
        return frames.getLast().text();
    }

    @Override
    public void send(Frame frame) {
        frames.add(frame);
    }

    @Override
    public void hear() {
        frames.addAll(late.framesAfter(heard));
        heard = late.end();
    }

    @Override
    public boolean hasChatHistory() {
        return chatHistory;
    }

    @Override
    public void onStreamStopped(StreamId stream, StopReason reason) {
        stopped.add(stream);
    }

    @Override
    public void onChatMuted(boolean muted) {
        chatMuted = muted;
    }

    @Override
    public void onResumed(ConnectionId connection) {
        resumed = connection;
    }

    @Override
    public void onTakenForDisconnected() {
        takenForDisconnected = true;
    }

    @Override
    public void onRemoved(LeaveReason reason) {
        removed = reason;
    }

    @Override
    public void onEdgeGone(NodeRef node) {}

    @Override
    public void onLinkEnded(StreamId stream, NodeRef node) {}

    @Override
    public void onStreamMoved(StreamId stream, MediaLocation source) {
        movedTo = source;
    }
}
