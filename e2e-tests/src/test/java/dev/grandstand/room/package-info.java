@org.jspecify.annotations.NullMarked
package dev.grandstand.room;
