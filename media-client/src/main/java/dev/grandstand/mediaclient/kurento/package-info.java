/**
 * {@link dev.grandstand.mediaclient.MediaServer} by the Kurento protocol, through {@code kurento-client} 7.3.0.
 *
 * <p>The library's own WebSocket transport is replaced by {@link dev.grandstand.mediaclient.kurento.RpcSocket}, because it
 * blocks: any call on a broken connection reconnects on the calling thread (up to 25 s), a full socket buffer makes the
 * caller wait and starts a reconnect, and reconnecting never ends once begun. Its transactions are not used either: when an
 * operation is refused, their continuation is never called; when the connection breaks they are sent again for ever; and
 * events of objects made in one are dropped, for the library knows those objects by their temporary name only.
 * {@link dev.grandstand.mediaclient.kurento.TransactionRequest} writes the same request by itself.
 */
@NullMarked
package dev.grandstand.mediaclient.kurento;

import org.jspecify.annotations.NullMarked;
