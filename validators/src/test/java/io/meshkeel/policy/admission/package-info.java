@NullMarked
package io.meshkeel.policy.admission;

import org.jspecify.annotations.NullMarked;
