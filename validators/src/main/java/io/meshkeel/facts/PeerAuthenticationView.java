package io.meshkeel.facts;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.JsonTree;

/**
 * A PeerAuthentication.
 *
 * @param wholeNamespace it has no selector, or one without labels: {@code addPeerAuthentication} in
 *     {@code pilot/pkg/model/authentication.go}
 */
public record PeerAuthenticationView(Declaration declaration, boolean wholeNamespace)
    implements ObjectView {
  static PeerAuthenticationView of(Declaration declaration) {
    return new PeerAuthenticationView(
        declaration,
        JsonTree.map(JsonTree.map(declaration.manifest().spec(), "selector"), "matchLabels")
            .isEmpty());
  }
}
