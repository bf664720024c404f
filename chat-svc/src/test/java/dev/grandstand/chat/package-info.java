@NullMarked
package dev.grandstand.chat;

import org.jspecify.annotations.NullMarked;
