@NullMarked
package io.meshkeel.declaration;

import org.jspecify.annotations.NullMarked;
