@NullMarked
package io.meshkeel.policy.text;

import org.jspecify.annotations.NullMarked;
