@NullMarked
package io.meshkeel.model;

import org.jspecify.annotations.NullMarked;
