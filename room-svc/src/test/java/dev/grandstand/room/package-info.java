@NullMarked
package dev.grandstand.room;

import org.jspecify.annotations.NullMarked;
