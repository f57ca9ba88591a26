@NullMarked
package io.meshkeel.reconcile;

import org.jspecify.annotations.NullMarked;
