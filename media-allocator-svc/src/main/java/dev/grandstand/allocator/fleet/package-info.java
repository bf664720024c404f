/**
 * The rules of the fleet, pure: which node carries which room, who has a seat, who waits. No clock, no I/O: {@link
 * dev.grandstand.allocator.fleet.FleetRules} decides, {@link dev.grandstand.allocator.fleet.Fleet} is the fold of the facts.
 */
@NullMarked
package dev.grandstand.allocator.fleet;

import org.jspecify.annotations.NullMarked;
