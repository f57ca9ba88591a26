/**
 * All facts of one mesh together, kept up to date object by object, and what each change touches.
 * Pure.
 */
@NullMarked
package io.meshkeel.facts.state;

import org.jspecify.annotations.NullMarked;
