/**
 * How Go reads texts: durations, addresses, URLs. API servers and istiod are written in Go, so what
 * they take or refuse is decided by these readings, not by Java's.
 */
@NullMarked
package io.meshkeel.policy.text;

import org.jspecify.annotations.NullMarked;
