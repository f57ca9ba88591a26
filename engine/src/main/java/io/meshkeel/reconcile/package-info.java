/** The loops: which stage runs when, for which revision and cluster; retries; isolation. */
@NullMarked
package io.meshkeel.reconcile;

import org.jspecify.annotations.NullMarked;
