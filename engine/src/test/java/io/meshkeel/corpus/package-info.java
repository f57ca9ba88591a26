/** Objects generated from the schemas of the kinds that are applied. */
@NullMarked
package io.meshkeel.corpus;

import org.jspecify.annotations.NullMarked;
