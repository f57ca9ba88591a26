package io.meshkeel.corpus;

import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Objects that servers take and refuse, about half of each: generated from the schemas, written by
 * hand, and changed by machine. The same seed makes the same objects.
 */
final class AdmissionCorpus {
  static final String NAMESPACE = "corpus";

  private AdmissionCorpus() {}

  /**
   * Objects of every kind of a catalog.
   *
   * @param mutants how many are made of each that was written by hand
   */
  static List<Manifest> of(String catalog, long seed, int mutants) {
    List<Manifest> corpus = new ArrayList<>();
    for (CorpusKind kind : CorpusKind.of(catalog)) {
      Random random = new Random(seed + kind.kind().hashCode());
      Mutations mutations = new Mutations(kind, random);
      int first = corpus.size();
      for (Sample sample : Corpus.of(kind, seed)) {
        corpus.add(named(kind, Map.of("spec", sample.spec()), corpus.size() - first));
      }
      for (Map<String, Object> written : Seeds.of(kind.kind())) {
        corpus.add(named(kind, written, corpus.size() - first));
        for (int i = 0; i < mutants; i++) {
          corpus.add(named(kind, mutations.change(written), corpus.size() - first));
        }
      }
    }
    return corpus;
  }

  private static Manifest named(CorpusKind kind, Map<String, Object> content, int number) {
    Map<String, Object> all = new HashMap<>(content);
    Map<String, Object> metadata = new HashMap<>();
    if (content.get("metadata") instanceof Map<?, ?> written) {
      written.forEach((name, value) -> metadata.put((String) name, value));
    }
    metadata.put("name", kind.kind().kind().toLowerCase(Locale.ROOT) + "-" + number);
    if (!kind.clusterScoped()) {
      metadata.put("namespace", NAMESPACE);
    }
    all.put("metadata", metadata);
    all.put("apiVersion", kind.apiVersion());
    all.put("kind", kind.kind().kind());
    return Manifest.of(all);
  }
}
