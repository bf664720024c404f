@NullMarked
package dev.grandstand.eventlog.streams;

import org.jspecify.annotations.NullMarked;
