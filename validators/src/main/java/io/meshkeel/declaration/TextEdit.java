package io.meshkeel.declaration;

import io.meshkeel.model.SourcePosition;

/**
 * A piece of a file's text that is replaced.
 *
 * @param start of the piece
 * @param end behind its last character; the same as {@code start} where text is only added
 * @param removed the piece
 * @param added what stands there instead; may be empty
 */
public record TextEdit(SourcePosition start, SourcePosition end, String removed, String added) {}
