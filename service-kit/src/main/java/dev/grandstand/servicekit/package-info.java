/** What every service's main needs: configuration from the environment, health, metrics, and stopping in order. */
@NullMarked
package dev.grandstand.servicekit;

import org.jspecify.annotations.NullMarked;
