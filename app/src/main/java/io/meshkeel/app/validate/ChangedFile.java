package io.meshkeel.app.validate;

import org.jspecify.annotations.Nullable;

/**
 * A file's bytes.
 *
 * @param was as they are in the folder; null if there is no such file
 * @param becomes as they are to be
 */
public record ChangedFile(byte @Nullable [] was, byte[] becomes) {}
