/** The REST API of an agent: starts, lists and ends viewers (pulls) and presenters (pushes). */
@NullMarked
package dev.grandstand.loadagent.rest;

import org.jspecify.annotations.NullMarked;
