/**
 * {@code meshkeel demo}: the main job told step by step, each step checked against the servers
 * themselves.
 */
@NullMarked
package io.meshkeel.demo;

import org.jspecify.annotations.NullMarked;
