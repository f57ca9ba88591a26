/** What each cluster of a mesh should hold, worked out from declarations. Pure. */
@NullMarked
package io.meshkeel.desired;

import org.jspecify.annotations.NullMarked;
