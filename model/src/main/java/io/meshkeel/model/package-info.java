/**
 * Values that every stage shares. Pure: no I/O, no clock, no library.
 *
 * <p>Everything here is immutable and may be used from any thread.
 */
@NullMarked
package io.meshkeel.model;

import org.jspecify.annotations.NullMarked;
