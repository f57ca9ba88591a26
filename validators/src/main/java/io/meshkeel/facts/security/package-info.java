/** What the security policies of a mesh come to for each workload and port. Pure. */
@NullMarked
package io.meshkeel.facts.security;

import org.jspecify.annotations.NullMarked;
