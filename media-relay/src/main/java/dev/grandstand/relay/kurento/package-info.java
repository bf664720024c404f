/**
 * The relay's control plane: Kurento's JSON-RPC protocol over a WebSocket, as a Kurento Media Server 7.3 speaks it, on top
 * of {@link dev.grandstand.relay.media.MediaEngine}.
 *
 * <p>Everything in here is confined to the Vert.x context of one {@link dev.grandstand.relay.kurento.KurentoVerticle};
 * nothing is locked. The engine is called on worker threads ({@code EngineCalls}) and its threads hop back in one place
 * ({@code RtcEvents}).
 */
@NullMarked
package dev.grandstand.relay.kurento;

import org.jspecify.annotations.NullMarked;
