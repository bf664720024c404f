/** What a browser and signaling-svc say to each other over the WebSocket (docs/protocol.md). */
@NullMarked
package dev.grandstand.protocol.client;

import org.jspecify.annotations.NullMarked;
