@NullMarked
package io.meshkeel.policy.own;

import org.jspecify.annotations.NullMarked;
