package io.meshkeel.declaration;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import java.io.IOException;

/**
 * Finds the line and column of a field. A field is at its key, a list item at its first character,
 * an alias where it is used and not where its anchor is; what a merge key brought in is at its own
 * place. If the field isn't there, the answer is its nearest parent, not {@link
 * SourcePosition#exact()}.
 *
 * <p>Positions are looked up when a finding is told, not kept while declarations are read: a file
 * without findings costs nothing. Remembers the last file, since findings come file by file. Not
 * thread-safe.
 */
public final class SourceLocator {
  private String lastFile = "";
  private byte[] lastContent = {};
  private int lastDocument = -1;
  private YamlPlaces last = YamlPlaces.read("", "", 0, Limits.DEFAULT);

  /**
   * The place of a field of a declaration.
   *
   * @throws IOException if the snapshot can't give the file's content
   */
  public SourcePosition locate(Snapshot snapshot, Declaration declaration, JsonPath path)
      throws IOException {
    SourceFile file = declaration.file();
    return locate(snapshot.content(file), file.path(), declaration.document(), path);
  }

  /**
   * The place of a field; the file's first character if there is no such document.
   *
   * @param content the file's bytes
   * @param file its path, for the answer
   * @param document which YAML document, counted from 0
   * @param path the field
   */
  public SourcePosition locate(byte[] content, String file, int document, JsonPath path) {
    if (content != lastContent || !file.equals(lastFile) || document > lastDocument) {
      String text = SourceText.decode(content);
      int upTo = content == lastContent ? Integer.MAX_VALUE : document;
      last = YamlPlaces.read(file, text == null ? "" : text, upTo, Limits.DEFAULT);
      lastFile = file;
      lastContent = content;
      lastDocument = upTo;
    }
    SourcePosition found = last.find(document, path);
    return found == null ? new SourcePosition(file, 1, 1, false) : found;
  }
}
