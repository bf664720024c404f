/** What is left of a stress run: a page with charts that needs nothing else, and the same as JSON. */
@NullMarked
package dev.grandstand.loadagent.report;

import org.jspecify.annotations.NullMarked;
