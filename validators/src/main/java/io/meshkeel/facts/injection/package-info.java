/** Which pods istiod injects a proxy into, and which of them have one. Pure. */
@NullMarked
package io.meshkeel.facts.injection;

import org.jspecify.annotations.NullMarked;
