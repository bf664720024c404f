@org.jspecify.annotations.NullMarked
package dev.grandstand.loadagent.rest;
