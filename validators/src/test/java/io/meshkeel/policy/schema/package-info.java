@NullMarked
package io.meshkeel.policy.schema;

import org.jspecify.annotations.NullMarked;
