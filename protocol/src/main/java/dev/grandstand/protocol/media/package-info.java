/** Commands to and events from media-allocator-svc. */
@NullMarked
package dev.grandstand.protocol.media;

import org.jspecify.annotations.NullMarked;
