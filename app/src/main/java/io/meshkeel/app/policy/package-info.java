/** The commands about the rules themselves: {@code meshkeel policy …}. */
@NullMarked
package io.meshkeel.app.policy;

import org.jspecify.annotations.NullMarked;
