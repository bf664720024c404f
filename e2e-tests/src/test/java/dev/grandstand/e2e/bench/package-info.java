/** What {@code ./grandstand bench} measures, and tests of load without a browser. */
@NullMarked
package dev.grandstand.e2e.bench;

import org.jspecify.annotations.NullMarked;
