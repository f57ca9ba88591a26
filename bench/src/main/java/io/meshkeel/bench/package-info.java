/** {@code meshkeel bench}: every figure beside its yardstick, taken in the same run. */
@NullMarked
package io.meshkeel.bench;

import org.jspecify.annotations.NullMarked;
