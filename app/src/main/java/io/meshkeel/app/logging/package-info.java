/** What is logged, where and how. */
@NullMarked
package io.meshkeel.app.logging;

import org.jspecify.annotations.NullMarked;
