/** The difference between desired and live: changes, deletions, drift and their order. Pure. */
@NullMarked
package io.meshkeel.plan;

import org.jspecify.annotations.NullMarked;
