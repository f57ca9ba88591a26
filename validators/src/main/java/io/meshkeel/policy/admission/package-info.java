/**
 * What istiod's validation webhook refuses beyond the schema: the conditions of {@code
 * pkg/config/validation} in istio/istio, releases 1.29 to 1.31, in words and structure of our own.
 *
 * <p>One class a kind, and one for each thing that several kinds share. Only what is refused is
 * told, not what istiod merely warns of: that is for rules. An object comes here after its schema
 * was checked, so types are right; a field that is missing reads as Istio's zero value (empty, 0,
 * false), as protobuf has it.
 *
 * <p>Not judged: whether the {@code patch.value} of an EnvoyFilter fits Envoy's messages.
 */
@NullMarked
package io.meshkeel.policy.admission;

import org.jspecify.annotations.NullMarked;
