/** Whether anything is lost, applied twice or left behind when processes die, stop and come back. */
@NullMarked
package dev.grandstand.e2e.faults;

import org.jspecify.annotations.NullMarked;
