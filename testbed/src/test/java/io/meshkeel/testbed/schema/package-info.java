@NullMarked
package io.meshkeel.testbed.schema;

import org.jspecify.annotations.NullMarked;
