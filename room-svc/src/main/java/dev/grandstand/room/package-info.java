/** Authoritative room state: who is in which room, what they publish, and what is told to whom. */
@NullMarked
package dev.grandstand.room;

import org.jspecify.annotations.NullMarked;
