@NullMarked
package io.meshkeel.report;

import org.jspecify.annotations.NullMarked;
