@NullMarked
package io.meshkeel.git;

import org.jspecify.annotations.NullMarked;
