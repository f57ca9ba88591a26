/**
 * What the repository declares, joined with what clusters hold: facts for rules that need to know
 * both. What the revision itself declares or renders counts as present. Pure: no I/O, no clock.
 */
@NullMarked
package io.meshkeel.facts.joined;

import org.jspecify.annotations.NullMarked;
