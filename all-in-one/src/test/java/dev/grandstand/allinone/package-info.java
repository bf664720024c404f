@org.jspecify.annotations.NullMarked
package dev.grandstand.allinone;
