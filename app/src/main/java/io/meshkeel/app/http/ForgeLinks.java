package io.meshkeel.app.http;

import io.meshkeel.forge.RepositoryPath;
import io.meshkeel.model.SourcePosition;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses of the forge's own pages, as Gitea lays them out. */
public final class ForgeLinks {
  private final String base;

  public ForgeLinks(URI forge, RepositoryPath repository) {
    this.base = forge + "/" + repository;
  }

  String commit(String sha) {
    return base + "/commit/" + sha;
  }

  String pullRequest(long number) {
    return base + "/pulls/" + number;
  }

  /** A line of a file at a commit. */
  String source(String sha, SourcePosition place) {
    StringBuilder path = new StringBuilder();
    for (String segment : place.file().split("/", -1)) {
      path.append('/')
          .append(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"));
    }
    return base + "/src/commit/" + sha + path + "#L" + place.line();
  }
}
