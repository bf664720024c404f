@org.jspecify.annotations.NullMarked
package dev.grandstand.allocator.kubernetes;
