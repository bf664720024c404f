/** Commands to and events from chat-svc. */
@NullMarked
package dev.grandstand.protocol.chat;

import org.jspecify.annotations.NullMarked;
