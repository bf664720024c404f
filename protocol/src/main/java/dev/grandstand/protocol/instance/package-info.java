/** What service instances say of themselves. */
@NullMarked
package dev.grandstand.protocol.instance;

import org.jspecify.annotations.NullMarked;
