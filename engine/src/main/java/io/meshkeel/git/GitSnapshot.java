package io.meshkeel.git;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** A revision read from the object database. Any thread. */
final class GitSnapshot implements Snapshot {
  /** Largest content that is read, in bytes: what an array holds. */
  private static final long MAX_CONTENT = Integer.MAX_VALUE - 8L;

  private final Repository repository;
  private final Revision revision;
  private final List<SourceFile> files;
  private final List<Finding> problems;

  GitSnapshot(Repository repository, Revision revision, TreeListing listing) {
    this.repository = repository;
    this.revision = revision;
    this.files = listing.all();
    this.problems = listing.problems();
  }

  @Override
  public Optional<Revision> revision() {
    return Optional.of(revision);
  }

  @Override
  public List<SourceFile> files() {
    return files;
  }

  @Override
  public List<Finding> problems() {
    return problems;
  }

  @Override
  public byte[] content(SourceFile file) throws IOException {
    try (ObjectReader reader = repository.newObjectReader()) {
      byte[] content =
          reader
              .open(ObjectId.fromString(file.contentId()), Constants.OBJ_BLOB)
              .getBytes((int) Math.min(MAX_CONTENT, Math.max(1, file.size())));
      if (content.length > file.size()) {
        throw larger(file, null);
      }
      return content;
    } catch (LargeObjectException e) {
      throw larger(file, e);
    }
  }

  private static IOException larger(SourceFile file, @Nullable Throwable cause) {
    return new IOException(file.path() + " is larger than " + file.size() + " bytes", cause);
  }
}
