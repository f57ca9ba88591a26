/**
 * What the configuration of a mesh means, after Istio's own reading of it: which hosts a route
 * takes, which subsets a proxy finds, which gateways and policies meet. Pure: no I/O, no clock.
 *
 * <p>An object's <em>slice</em> holds what a rule needs to know about the object's surroundings.
 * Slices are plain JSON values that can be compared, so whoever remembers what was said of an
 * object and its slice may say it again without asking.
 */
@NullMarked
package io.meshkeel.facts;

import org.jspecify.annotations.NullMarked;
