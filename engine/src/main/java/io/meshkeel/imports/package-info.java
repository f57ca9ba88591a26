/** Turns what the clusters of a running mesh hold into the declarations of a repository. Pure. */
@NullMarked
package io.meshkeel.imports;

import org.jspecify.annotations.NullMarked;
