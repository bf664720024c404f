@org.jspecify.annotations.NullMarked
package dev.grandstand.mediaclient.memory;
