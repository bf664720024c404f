/** Commands to and events from room-svc. */
@NullMarked
package dev.grandstand.protocol.room;

import org.jspecify.annotations.NullMarked;
