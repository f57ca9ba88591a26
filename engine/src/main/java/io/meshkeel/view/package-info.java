/**
 * The modules as a user sees them: pure functions from what is declared and what clusters hold to
 * rows.
 */
@NullMarked
package io.meshkeel.view;

import org.jspecify.annotations.NullMarked;
