/** Forges: webhooks in (verified, then parsed, turned into events), statuses out. */
@NullMarked
package io.meshkeel.forge;

import org.jspecify.annotations.NullMarked;
