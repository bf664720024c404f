/** media-allocator-svc: places rooms on media nodes and grants seats. */
@NullMarked
package dev.grandstand.allocator;

import org.jspecify.annotations.NullMarked;
