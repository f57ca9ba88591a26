@NullMarked
package io.meshkeel.policy.cel;

import org.jspecify.annotations.NullMarked;
