/** What a cluster holds now, kept up to date from watches. */
@NullMarked
package io.meshkeel.live;

import org.jspecify.annotations.NullMarked;
