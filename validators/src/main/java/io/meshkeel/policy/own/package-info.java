/**
 * The rules of a repository's own: checked, published to an OPA process apart from the library's,
 * and asked about one object at a time. Nothing here is started for a repository that has none.
 */
@NullMarked
package io.meshkeel.policy.own;

import org.jspecify.annotations.NullMarked;
