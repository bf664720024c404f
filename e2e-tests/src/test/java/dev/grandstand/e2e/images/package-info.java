/** Images are built without a container engine, unpacked, and run for real. */
@NullMarked
package dev.grandstand.e2e.images;

import org.jspecify.annotations.NullMarked;
