package io.meshkeel.model;

/**
 * A file of a revision.
 *
 * @param path from the repository's root, with {@code /}
 * @param contentId changes exactly when the content does: Git's blob id, or a digest
 * @param size bytes
 */
public record SourceFile(String path, String contentId, long size) {}
