/** The command {@code serve}: puts the service together and keeps it running. */
@NullMarked
package io.meshkeel.app.serve;

import org.jspecify.annotations.NullMarked;
