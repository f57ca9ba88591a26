/** Carries out a plan: staged, bounded, and recorded on the cluster. */
@NullMarked
package io.meshkeel.apply;

import org.jspecify.annotations.NullMarked;
