package io.meshkeel.declaration;

import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.PolicyFiles;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the Rego below {@code policies/}: {@code *.rego} at any depth, tests ({@code *_test.rego})
 * left out. What is too large or can't be read is told, and then nothing is used: half of the rules
 * would be a gate that stands half open.
 */
final class PolicyFilesReader {
  /** 200 files. */
  static final int MAX_FILES = 200;

  /** 256 KiB a file. */
  static final int MAX_FILE_BYTES = 256 << 10;

  /** 2 MiB together. */
  static final int MAX_TOTAL_BYTES = 2 << 20;

  private static final String FOLDER = "policies/";

  private PolicyFilesReader() {}

  static PolicyFiles read(Snapshot snapshot) {
    List<SourceFile> rego = new ArrayList<>(0);
    for (SourceFile file : snapshot.files()) {
      if (isRule(file.path())) {
        rego.add(file);
      }
    }
    if (rego.isEmpty()) {
      return PolicyFiles.NONE;
    }
    List<Finding> problems = new ArrayList<>(0);
    bound(rego, problems);
    SortedMap<String, String> texts = new TreeMap<>();
    if (problems.isEmpty()) {
      rego.forEach(file -> read(snapshot, file, texts, problems));
    }
    return problems.isEmpty() ? PolicyFiles.of(texts) : PolicyFiles.broken(problems);
  }

  private static boolean isRule(String path) {
    return path.startsWith(FOLDER) && path.endsWith(".rego") && !path.endsWith("_test.rego");
  }

  private static void bound(List<SourceFile> rego, List<Finding> problems) {
    if (rego.size() > MAX_FILES) {
      problems.add(
          tooLarge(
              rego.get(MAX_FILES),
              "there are %,d files of rules, more than %,d".formatted(rego.size(), MAX_FILES)));
      return;
    }
    long bytes = 0;
    for (SourceFile file : rego) {
      bytes += file.size();
      if (file.size() > MAX_FILE_BYTES) {
        problems.add(
            tooLarge(
                file,
                "the file has %,d bytes, more than %,d".formatted(file.size(), MAX_FILE_BYTES)));
      }
    }
    if (problems.isEmpty() && bytes > MAX_TOTAL_BYTES) {
      problems.add(
          tooLarge(
              rego.getFirst(),
              "the files of rules have %,d bytes together, more than %,d"
                  .formatted(bytes, MAX_TOTAL_BYTES)));
    }
  }

  private static void read(
      Snapshot snapshot, SourceFile file, SortedMap<String, String> texts, List<Finding> problems) {
    try {
      String text = SourceText.decode(snapshot.content(file));
      if (text == null) {
        problems.add(
            problem(
                DeclarationError.NOT_TEXT, file, "the file is no UTF-8 text", "save it as UTF-8"));
      } else {
        texts.put(file.path(), text);
      }
    } catch (IOException e) {
      problems.add(
          problem(
              DeclarationError.UNREADABLE,
              file,
              "the file could not be read: " + e.getMessage(),
              "check that it exists and may be read"));
    }
  }

  private static Finding tooLarge(SourceFile file, String message) {
    return problem(
        DeclarationError.TOO_LARGE,
        file,
        message,
        "keep rules only in " + FOLDER + ", and split or shorten them");
  }

  private static Finding problem(
      DeclarationError error, SourceFile file, String message, String remediation) {
    return new Finding(
        error.id(),
        Severity.ERROR,
        message,
        null,
        null,
        JsonPath.ROOT,
        new SourcePosition(file.path(), 1, 1, false),
        remediation);
  }
}
