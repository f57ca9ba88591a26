/**
 * Judges what a mesh declares: the schema of the CRDs first, then the OPA rules over facts. The
 * only package that sees the OPA client.
 *
 * <p>Fails closed: whenever OPA can't be asked, or its answer can't be trusted, the verdict is an
 * error and never a pass.
 */
@NullMarked
package io.meshkeel.policy;

import org.jspecify.annotations.NullMarked;
