/** What nobody may do, in spite of every effort: as the real services answer over real sockets. */
@NullMarked
package dev.grandstand.e2e.security;

import org.jspecify.annotations.NullMarked;
