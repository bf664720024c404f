package dev.grandstand.webrtc.ice;

import dev.grandstand.webrtc.IceState;

/** Told of an agent's progress, on the loop thread. */
public interface IceListener {

    void iceState(IceState state);

    /** Data goes this way from now on. */
    void pathSelected(IcePath path, CandidateLine local, CandidateLine remote);
}
