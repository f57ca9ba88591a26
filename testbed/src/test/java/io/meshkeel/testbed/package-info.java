@NullMarked
package io.meshkeel.testbed;

import org.jspecify.annotations.NullMarked;
