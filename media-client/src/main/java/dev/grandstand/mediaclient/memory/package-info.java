/** Media nodes that exist in memory only: the port's twin, for the tests of whoever uses it. */
@NullMarked
package dev.grandstand.mediaclient.memory;

import org.jspecify.annotations.NullMarked;
