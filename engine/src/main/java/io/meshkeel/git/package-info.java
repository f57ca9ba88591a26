/** Revisions in: fetch into a bare mirror, trees from the object database, no work tree. */
@NullMarked
package io.meshkeel.git;

import org.jspecify.annotations.NullMarked;
