/** Commands that show what clusters hold: {@code snapshot} and {@code get}. */
@NullMarked
package io.meshkeel.app.observe;

import org.jspecify.annotations.NullMarked;
