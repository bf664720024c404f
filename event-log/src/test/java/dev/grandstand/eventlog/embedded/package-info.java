/** Tests of the broker in this process. */
@NullMarked
package dev.grandstand.eventlog.embedded;

import org.jspecify.annotations.NullMarked;
