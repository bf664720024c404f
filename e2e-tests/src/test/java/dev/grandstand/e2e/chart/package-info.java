/** The Helm chart, without a cluster: what it renders, refuses and documents. */
@NullMarked
package dev.grandstand.e2e.chart;

import org.jspecify.annotations.NullMarked;
